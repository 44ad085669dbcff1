import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { SETTINGS, type Setting } from '../../src/config/settings-table';
import { NEXUS_ENDPOINT, SEARCH_ATTRIBUTES, TASK_QUEUE } from '@number-orders/contract';

interface Service {
  image?: string;
  build?: string;
  command?: string[];
  container_name?: string;
  environment?: Record<string, string>;
  ports?: string[];
  profiles?: string[];
  restart?: string;
  healthcheck?: object;
}
interface ComposeFile {
  services: Record<string, Service>;
  secrets: Record<string, { file?: string }>;
  configs: Record<string, { content?: string }>;
}

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as ComposeFile;
const dockerfile = read('Dockerfile');
const services = Object.entries(compose.services);

/** A version of at least two numbers: `17` alone moves, `latest` all the more. */
const PINNED = /:v?\d+\.\d+[\w.-]*$/;

describe('docker-compose.yml', () => {
  it('is valid by the Compose specification', () => {
    // The schema names its dialect by a URL that ajv does not know for draft 7, which is ajv's own default.
    const { $schema: _, ...schema } = JSON.parse(read('test/tooling/compose-spec.json')) as Record<string, unknown>;
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    for (const format of ['ports', 'expose', 'subnet_ip_address']) ajv.addFormat(format, true);
    const validate = ajv.compile(schema);

    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ services: { worker: { imagge: 'a misspelt key' } } })).toBe(false);
  });

  it.each(services)('pins the image of %s', (_name, { image }) => {
    expect(image).toMatch(PINNED);
  });

  it('gives our own image the version of this package', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    const ours = services.map(([, { image }]) => image).filter((image) => image?.startsWith('number-orders:'));
    expect(new Set(ours)).toEqual(new Set([`number-orders:${version}`]));
  });

  it('uses the same PostgreSQL plugin for the schema and the server', () => {
    const { temporal, 'temporal-schema': schema } = compose.services;
    expect(schema?.environment?.SQL_PLUGIN).toBe(temporal?.environment?.DB);
  });

  it.each(services)('publishes ports of %s on loopback alone', (_name, { ports = [] }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it.each(services)('has no secret in the environment of %s', (_name, { environment = {} }) => {
    const secrets = Object.entries(environment).filter(
      ([name, value]) => /PASSWORD|PWD|SECRET|TOKEN|API_KEY|ENCRYPTION_KEYS/.test(name) && value !== 'true',
    );
    for (const [name, value] of secrets) {
      expect(value).toMatch(name.endsWith('_FILE') ? /^\/run\/secrets\// : /^\$\{[A-Z_]+:\?[^}]+\}$/);
    }
  });

  it.each(services.filter(([, { image }]) => image?.startsWith('number-orders:')))(
    'sets only variables that %s knows',
    (_name, { environment = {} }) => {
      const known = Object.entries(SETTINGS).flatMap(([name, { secret }]: [string, Setting]) =>
        secret ? [name, `${name}_FILE`] : [name],
      );
      const set = Object.keys(environment).filter((name) => !name.startsWith('FAKE_SINCH_'));
      expect(set.filter((name) => !known.includes(name))).toEqual([]);
    },
  );

  it('reads required values from .env, and .env.example names them without values', () => {
    const example = read('.env.example');
    const wanted = read('docker-compose.yml').matchAll(/\$\{([A-Z_]+):\?/g);
    for (const [, name] of wanted) expect(example.split('\n')).toContain(`${String(name)}=`);
  });

  it('reads its secrets from files that git ignores', () => {
    // From the environment, Compose gives none to a service that is read-only.
    for (const [name, { file }] of Object.entries(compose.secrets)) expect(file).toBe(`./secrets/${name}`);
    const ignored = read('.gitignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['/secrets/', '.env', 'worker.env', 'codec.env', 'intake.env']));
  });

  it('has a health check for every service that keeps running', () => {
    const unchecked = services
      .filter(([, { restart, healthcheck }]) => restart === 'unless-stopped' && !healthcheck)
      .map(([name]) => name);
    // The worker's check is in its image.
    expect(unchecked).toEqual(['worker']);
    expect(dockerfile).toContain('HEALTHCHECK');
  });

  it('allows the worker to be scaled', () => {
    expect(compose.services.worker).not.toHaveProperty('container_name');
    expect(compose.services.worker).not.toHaveProperty('ports');
  });

  it('starts optional services only when they are asked for', () => {
    expect(services.filter(([, { profiles }]) => profiles).map(([name, { profiles }]) => [name, profiles])).toEqual([
      ['callbacks', ['callbacks']],
      ['codec', ['codec']],
      ['intake', ['intake']],
      ['fake-sinch', ['fake']],
      ['prometheus', ['monitoring']],
      ['grafana', ['monitoring']],
    ]);
  });

  it('registers exactly the search attributes of the contract', () => {
    const script = compose.services['temporal-namespace']?.command?.join('\n') ?? '';
    const registered = [...script.matchAll(/--name (\w+) --type (\w+)/g)].map(([, name, type]) => [name, type]);
    expect(registered).toEqual(Object.entries(SEARCH_ATTRIBUTES));
  });

  it('creates the Nexus endpoint of the contract, and lets the server call itself back so that callers get answers', () => {
    const script = compose.services['temporal-namespace']?.command?.join('\n') ?? '';
    expect(script).toMatch(
      new RegExp(`endpoint create --name ${NEXUS_ENDPOINT} .*--target-task-queue ${TASK_QUEUE}`, 's'),
    );
    const settings = parse(compose.configs['temporal-dynamic-config']?.content ?? '') as Record<
      string,
      { value: unknown }[]
    >;
    const callback = settings['component.nexusoperations.callback.endpoint.template']?.[0]?.value;
    const [allowed] = (settings['component.callbacks.allowedAddresses']?.[0]?.value ?? []) as { Pattern: string }[];
    expect(new URL(String(callback)).host).toBe(allowed?.Pattern);
    expect(String(callback)).toContain('/namespaces/{{.NamespaceName}}/nexus/callback');
  });
});

describe('the Dockerfile', () => {
  it('builds on pinned images', () => {
    const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(images).not.toHaveLength(0);
    for (const image of images) expect(image).toMatch(PINNED);
  });

  it('does not run as root', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
  });

  it('has the command that the board and the runbook tell operators to run', async () => {
    const link = /^RUN (.* ln -s .*\/number-orders)$/m.exec(dockerfile)?.[1] ?? '';
    const bin = await mkdtemp(join(tmpdir(), 'image-bin-'));
    const path = `${bin}:${dirname(process.execPath)}:/usr/bin:/bin`;
    // As the image runs it, with this folder in place of /app.
    execFileSync('/bin/sh', ['-c', link.replaceAll('/app/', `${root}/`).replaceAll('/usr/local/bin', bin)], {
      cwd: root,
    });
    const printed = execFileSync('/bin/sh', ['-c', 'number-orders --version'], { env: { PATH: path } });
    const { version } = JSON.parse(read('package.json')) as { version: string };
    expect(String(printed)).toBe(`${version}\n`);
    await rm(bin, { recursive: true });
  });

  it('has a build context of only what it copies', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(allowed[0]).toBe('*');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
      paths.split(' '),
    );
    expect(allowed.slice(1).sort()).toEqual(copied.map((path) => `!${path}`).sort());
  });
});
