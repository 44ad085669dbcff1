import { Hono } from 'hono';
import { serveApp } from '../http/serve-app';

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
  const look = async (path: string): Promise<[status: 200 | 503, body: object]> => {
    const state = worker.state();
    if (state !== 'RUNNING') return [503, { state }];
    if (path === '/live' || (await worker.reachesTemporal())) return [200, { state }];
    return [503, { state, temporal: 'does not answer' }];
  };
  const app = new Hono();
  app.on('GET', ['/health', '/live'], async (c) => {
    const [status, body] = await look(c.req.path);
    return c.json(body, status, { 'cache-control': 'no-store' });
  });
  app.notFound((c) => c.json({ error: 'Ask for GET /health or GET /live.' }, 404));
  try {
    const { url, close } = await serveApp(app, { host, port });
    return { url: `${url}/health`, close };
  } catch (cause) {
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException;
    throw new Error(
      `The health endpoint cannot listen on ${host}:${port} (${code}): set NUMBER_ORDERS_HEALTH_ADDRESS to another host:port, or off.`,
      { cause },
    );
  }
}
