import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HealthEndpoint {
  /** Such as `http://127.0.0.1:8080/health`. */
  url: string;
  close(): Promise<void>;
}

/**
 * Answers `GET /health`: 200 while the worker runs, 503 otherwise, with its state as JSON.
 * @throws {Error} when the address cannot be listened on
 */
export async function serveHealth(
  { host, port }: { host: string; port: number },
  state: () => string,
): Promise<HealthEndpoint> {
  const server = createServer((request, response) => {
    const known = request.url === '/health' && (request.method === 'GET' || request.method === 'HEAD');
    const status = known ? (state() === 'RUNNING' ? 200 : 503) : 404;
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(known ? { state: state() } : { error: 'Ask for GET /health.' }));
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
    throw new Error(
      `The health endpoint cannot listen on ${host}:${port} (${code}): set NUMBER_ORDERS_HEALTH_ADDRESS to another host:port, or off.`,
      { cause },
    );
  }
  const address = server.address() as AddressInfo;
  const at = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${at}:${address.port}/health`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
