import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ApiError, bareError, invalidArgument } from './errors';

const JSON_LIMIT_BYTES = 1024 * 1024;

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON, a text as it stands; undefined: nothing is sent. */
  body: unknown;
}

/** What a handler gets to see of a request. */
export interface Call {
  request: IncomingMessage;
  query: URLSearchParams;
  /** What the groups of the route's pattern matched, decoded. */
  params: string[];
}

export interface Route {
  method: string;
  path: RegExp;
  handle(call: Call): unknown;
}

/** The route for this request and what its pattern matched. */
export function findRoute<R extends Route>(
  routes: R[],
  request: IncomingMessage,
): { route: R; call: Call } | undefined {
  const url = new URL(request.url ?? '/', 'http://fake');
  for (const route of routes) {
    const match = route.method === request.method ? route.path.exec(url.pathname) : null;
    if (match) return { route, call: { request, query: url.searchParams, params: match.slice(1).map(decode) } };
  }
  return undefined;
}

/** @throws ApiError 400 when the body is not JSON */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse(await readText(request));
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidArgument({ field: 'body', description: 'must be JSON' });
    throw error;
  }
}

/** The body as it arrives. A reader that stops half-way leaves the connection whole, so that it can still be answered. */
export function piecesOf(request: IncomingMessage): AsyncIterable<Buffer> {
  return request.iterator({ destroyOnReturn: false });
}

export async function readText(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of piecesOf(request)) {
    size += piece.length;
    if (size > JSON_LIMIT_BYTES) throw bareError(413, 'The request body is too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Runs a handler; errors become answers. */
export async function answerOf(handle: () => unknown): Promise<Answer> {
  try {
    return { status: 200, body: (await handle()) ?? {} };
  } catch (error) {
    const known = error instanceof ApiError ? error : bareError(500, `The fake itself failed: ${String(error)}`);
    return { status: known.httpStatus, body: known.body };
  }
}

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  // Discards the rest of the request: a client that is still sending would otherwise never read the answer.
  response.req.resume();
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** Listens, and resolves with the address once it does. */
export async function listen(
  host: string,
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    // A client that disconnects during its request is ignored.
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return { server, url: `http://${host}:${String((server.address() as AddressInfo).port)}` };
}

/** Ends every connection too, also those that a fault leaves hanging. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
