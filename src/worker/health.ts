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
  /** Whether Temporal answers. Without it a worker keeps polling and still reports that it runs. */
  reachesTemporal(): Promise<boolean>;
}

/** Final states: the worker does no more work. */
const DEAD = ['STOPPED', 'FAILED'];

/**
 * Answers `GET /ready` (and `GET /health`, the same): 200 while the worker polls and Temporal answers, 503 otherwise, with the
 * reason as JSON: its state (`STARTING` and `INITIALIZED` do not poll yet, `STOPPING` and `DRAINING` no longer do), or that
 * Temporal does not answer. `GET /live`: 200 unless it has stopped; a restart helps neither a worker that waits for Temporal nor
 * one that finishes its calls.
 * @throws {Error} when the address cannot be listened on
 */
export async function serveHealth(
  { host, port }: { host: string; port: number },
  worker: WorkerHealth,
): Promise<HealthEndpoint> {
  const look = async (path: string): Promise<[status: 200 | 503, body: object]> => {
    const state = worker.state();
    if (path === '/live') return [DEAD.includes(state) ? 503 : 200, { state }];
    if (state !== 'RUNNING') return [503, { state }];
    return (await worker.reachesTemporal()) ? [200, { state }] : [503, { state, temporal: 'does not answer' }];
  };
  const app = new Hono();
  app.on('GET', ['/ready', '/health', '/live'], async (c) => {
    const [status, body] = await look(c.req.path);
    return c.json(body, status, { 'cache-control': 'no-store' });
  });
  app.notFound((c) => c.json({ error: 'Ask for GET /ready or GET /live.' }, 404));
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
