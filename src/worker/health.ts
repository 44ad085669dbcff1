import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HealthEndpoint {
  /** Such as `http://127.0.0.1:8080/health`. */
  url: string;
  close(): Promise<void>;
}

export interface WorkerHealth {
  /** The worker's own. */
  state(): string;
  /** Whether Temporal answers; a worker polls on without it, and says that it runs. */
  reachesTemporal(): Promise<boolean>;
}

/**
 * Answers `GET /health`: 200 while the worker runs and Temporal answers, 503 otherwise, with what is wrong as JSON; and
 * `GET /live`: 200 while the worker runs. Nobody is helped by restarting one that waits for Temporal.
 * @throws {Error} when the address cannot be listened on
 */
export async function serveHealth(
  { host, port }: { host: string; port: number },
  worker: WorkerHealth,
): Promise<HealthEndpoint> {
  const look = async (url: string | undefined): Promise<[status: number, body: object]> => {
    if (url !== '/health' && url !== '/live') return [404, { error: 'Ask for GET /health or GET /live.' }];
    const state = worker.state();
    if (state !== 'RUNNING') return [503, { state }];
    if (url === '/live' || (await worker.reachesTemporal())) return [200, { state }];
    return [503, { state, temporal: 'does not answer' }];
  };
  const server = createServer((request, response) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    void look(isRead ? request.url : undefined).then(([status, body]) => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    });
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
