import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';

interface Mount {
  Type: string;
  Source: string;
  Target: string;
}

/** What Docker Compose asks the engine to run. */
export interface Wanted {
  Image: string;
  Cmd: string[] | null;
  Env: string[];
  User?: string;
  Labels: Record<string, string>;
  Healthcheck?: object;
  HostConfig: { ReadonlyRootfs: boolean; Binds: string[] | null; Mounts: Mount[] | null };
}

interface Container extends Wanted {
  Id: string;
  name: string;
  isStarted: boolean;
}

export interface DockerEngine {
  /** As `DOCKER_HOST` wants it. */
  host: string;
  /** The containers that it has started, by service. */
  started(): Record<string, Wanted>;
  close(): Promise<void>;
}

/**
 * A Docker engine that is played: it has every image, keeps what it is asked to run, and takes that for running and healthy.
 * It refuses what the real one refuses: files put into a container that is read-only, and bind mounts of what is not there.
 * @param jobs services that are done as soon as they are started
 */
export async function playDockerEngine(socket: string, jobs: readonly string[]): Promise<DockerEngine> {
  const containers: Container[] = [];
  const networks = new Map<string, object>();
  const volumes = new Map<string, object>();
  const find = (idOrName: string) => containers.find(({ Id, name }) => Id === idOrName || name === idOrName);
  const serviceOf = ({ Labels }: Wanted) => Labels['com.docker.compose.service'] ?? '';
  const stateOf = (container: Container) => {
    if (!container.isStarted) return { Status: 'created', Running: false };
    if (jobs.includes(serviceOf(container))) return { Status: 'exited', Running: false, ExitCode: 0 };
    return { Status: 'running', Running: true, Health: { Status: 'healthy', FailingStreak: 0, Log: [] } };
  };
  const summaryOf = (container: Container) => ({
    Id: container.Id,
    Names: [`/${container.name}`],
    Image: container.Image,
    ImageID: 'sha256:1',
    State: stateOf(container).Status,
    Status: 'Up',
    Labels: container.Labels,
    HostConfig: {},
    NetworkSettings: { Networks: {} },
    Mounts: [],
    Ports: [],
    Created: 1,
  });
  const inspected = (container: Container) => ({
    Id: container.Id,
    Name: `/${container.name}`,
    Image: 'sha256:1',
    State: stateOf(container),
    Config: container,
    HostConfig: container.HostConfig,
    NetworkSettings: { Networks: {} },
    Mounts: [],
  });

  type Answer = [status: number, body?: object];
  const routes: [
    method: string,
    path: RegExp,
    answer: (name: string, query: URLSearchParams, body: object) => Answer,
  ][] = [
    ['GET', /^\/version$/, () => [200, { Version: '28.2.2', ApiVersion: '1.50', MinAPIVersion: '1.24', Os: 'linux' }]],
    [
      'GET',
      /^\/info$/,
      () => [200, { ID: 'played', OSType: 'linux', Architecture: 'x86_64', ServerVersion: '28.2.2' }],
    ],
    ['GET', /^\/images\/(.+)\/json$/, (name) => [200, { Id: 'sha256:1', RepoTags: [name], Os: 'linux', Config: {} }]],
    ['GET', /^\/images\/json$/, () => [200, []]],
    ['GET', /^\/networks$/, () => [200, [...networks.values()]]],
    ['GET', /^\/networks\/(.+)$/, (name) => found(networks.get(name))],
    ['POST', /^\/networks\/create$/, (_name, _query, body) => [201, keep(networks, body)]],
    ['GET', /^\/volumes$/, () => [200, { Volumes: [...volumes.values()] }]],
    ['GET', /^\/volumes\/(.+)$/, (name) => found(volumes.get(name))],
    ['POST', /^\/volumes\/create$/, (_name, _query, body) => [201, keep(volumes, body)]],
    ['GET', /^\/containers\/json$/, () => [200, containers.map(summaryOf)]],
    ['POST', /^\/containers\/create$/, (_name, query, body) => create(query.get('name') ?? '', body as Wanted)],
    ['GET', /^\/containers\/(.+)\/json$/, (name) => found(find(name), inspected)],
    ['PUT', /^\/containers\/(.+)\/archive$/, (name) => found(find(name), () => ({}), put)],
    ['POST', /^\/containers\/(.+)\/start$/, (name) => found(find(name), start)],
    ['POST', /^\/containers\/(.+)\/wait$/, () => [200, { StatusCode: 0 }]],
  ];

  function keep(all: Map<string, object>, body: object): object {
    const { Name: name } = body as { Name: string };
    const made = { ...body, Id: name, Scope: 'local', Driver: 'local', Mountpoint: '/played' };
    all.set(name, made);
    return made;
  }
  function found<T>(
    thing: T | undefined,
    show = (each: T): object => each as object,
    refuse?: (each: T) => Answer | undefined,
  ): Answer {
    if (thing === undefined) return [404, { message: 'no such thing' }];
    return refuse?.(thing) ?? [200, show(thing)];
  }
  function create(name: string, wanted: Wanted): Answer {
    const sources = (wanted.HostConfig.Mounts ?? []).filter(({ Type }) => Type === 'bind').map(({ Source }) => Source);
    const missing = sources.find((source) => !existsSync(source));
    if (missing)
      return [400, { message: `invalid mount config for type "bind": bind source path does not exist: ${missing}` }];
    const container = { ...wanted, Id: `${containers.length + 1}`.padStart(64, '0'), name, isStarted: false };
    containers.push(container);
    return [201, { Id: container.Id, Warnings: [] }];
  }
  function put({ HostConfig }: Container): Answer | undefined {
    return HostConfig.ReadonlyRootfs ? [500, { message: 'container rootfs is marked read-only' }] : undefined;
  }
  function start(container: Container): object {
    container.isStarted = true;
    return {};
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://docker');
    const path = decodeURIComponent(url.pathname.replace(/^\/v[\d.]+/, ''));
    const headers = { 'content-type': 'application/json', 'api-version': '1.50', ostype: 'linux' };
    if (path === '/_ping') {
      response.writeHead(200, headers).end('OK');
      return;
    }
    if (path === '/events') {
      // A stream of what happens: nothing does.
      response.writeHead(200, headers).flushHeaders();
      return;
    }
    const isJson = request.headers['content-type']?.includes('json') === true;
    const body = isJson ? ((await json(request)) as object) : {};
    request.resume();
    for (const [method, pattern, respond] of routes) {
      const match = pattern.exec(path);
      if (!match || method !== request.method) continue;
      const [status, told] = respond(match[1] ?? '', url.searchParams, body);
      response.writeHead(status, headers).end(JSON.stringify(told));
      return;
    }
    response.writeHead(501, headers).end(JSON.stringify({ message: `not played: ${request.method ?? ''} ${path}` }));
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(socket);
  await once(server, 'listening');
  return {
    host: `unix://${socket}`,
    started: () =>
      Object.fromEntries(containers.filter(({ isStarted }) => isStarted).map((each) => [serviceOf(each), each])),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
