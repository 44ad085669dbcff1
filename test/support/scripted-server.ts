import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a server got, as far as it read it. */
export interface ReceivedRequest {
  method: string;
  /** With its query. */
  url: string;
  headers: IncomingMessage['headers'];
  /** The first 64 KiB of the body. */
  body: string;
  /** Of the whole body. */
  bodySha256: string;
  bodyLength: number;
  /** 1 for the first connection, 2 for the second …: tells whether a connection was used again. */
  connection: number;
}

/** One answer of a script. */
export interface Step {
  /** Whether the request's body is read before answering. */
  reads: boolean;
  answer: (response: ServerResponse, socket: Socket) => void;
}

const KEPT_BODY_BYTES = 64 * 1024;

export function text(status: number, body: string, headers: Record<string, string> = {}): Step {
  return { reads: true, answer: (response) => response.writeHead(status, headers).end(body) };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Step {
  return text(status, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
}

/** Answers at once, without reading the request's body. */
export function jsonEarly(status: number, body: unknown): Step {
  return { ...json(status, body), reads: false };
}

/** The page of a proxy that stands before the API. */
export function html(status: number): Step {
  return text(status, '<html><body>a proxy says no</body></html>', { 'Content-Type': 'text/html' });
}

export const resetBeforeReading: Step = { reads: false, answer: (_response, socket) => socket.resetAndDestroy() };
export const resetAfterReading: Step = { ...resetBeforeReading, reads: true };

/** Reads the request and never answers. */
export const hang: Step = { reads: true, answer: () => undefined };

/** Announces more than it sends, then resets. */
export function breakOff(status: number): Step {
  return {
    reads: true,
    answer: (response, socket) => {
      response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
      response.write('{"idNumberOrder":', () => socket.resetAndDestroy());
    },
  };
}

/**
 * An HTTP server that answers as it is told and keeps what it got. Each path has a script: its steps are played in
 * order, the last one for ever.
 */
export class ScriptedServer {
  readonly requests: ReceivedRequest[] = [];
  /** Bytes of bodies read so far, those of requests still arriving included. */
  bytesRead = 0;
  private readonly scripts = new Map<string, Step[]>();
  private readonly connections = new Map<Socket, number>();

  static async start(): Promise<ScriptedServer> {
    // Connections end when a step or the client ends them, never by themselves.
    const server = createServer({ keepAliveTimeout: 0 });
    const scripted = new ScriptedServer(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return scripted;
  }

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => this.connections.set(socket, this.connections.size + 1));
    server.on('request', (request, response) => void this.play(request, response));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** @param path without its query; `*` is every path that has no script of its own. */
  script(path: string, ...steps: Step[]): void {
    this.scripts.set(path, steps);
  }

  to(path: string): ReceivedRequest[] {
    return this.requests.filter(({ url }) => url.split('?')[0] === path);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    if (this.server.listening) await once(this.server.close(), 'close');
  }

  private async play(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers, socket } = request;
    const step = this.next(url.split('?')[0] ?? '');
    const connection = this.connections.get(socket) ?? 0;
    const body = step.reads ? await this.read(request) : { body: '', bodySha256: '', bodyLength: 0 };
    if (body === undefined) return;
    this.requests.push({ method, url, headers, connection, ...body });
    step.answer(response, socket);
  }

  private next(path: string): Step {
    const script = this.scripts.get(path) ?? this.scripts.get('*') ?? [];
    const step = script.length > 1 ? script.shift() : script[0];
    return step ?? text(501, `nothing is scripted for ${path}`);
  }

  /** Undefined when the client broke off. */
  private async read(
    request: IncomingMessage,
  ): Promise<Pick<ReceivedRequest, 'body' | 'bodySha256' | 'bodyLength'> | undefined> {
    const hash = createHash('sha256');
    let body = Buffer.alloc(0);
    let bodyLength = 0;
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        hash.update(chunk);
        bodyLength += chunk.length;
        this.bytesRead += chunk.length;
        if (body.length < KEPT_BODY_BYTES) body = Buffer.concat([body, chunk]).subarray(0, KEPT_BODY_BYTES);
      }
    } catch {
      return undefined;
    }
    return { body: body.toString(), bodySha256: hash.digest('hex'), bodyLength };
  }
}
