import { Hono } from 'hono';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { version } from '../../package.json';
import { serveApp, type ListenAddress } from './serve-app';

/**
 * Serves the metrics of a process while it works: its own, in the registry, and Node's. A worker uses those of Temporal's runtime
 * instead. They have their own address, `GET /metrics`, so that senders of requests cannot read them.
 * @param listen undefined: they are not served
 * @throws {Error} when the address cannot be listened on, and any error of the work
 */
export async function withMetrics(
  listen: ListenAddress | undefined,
  work: (registry: Registry) => Promise<void>,
): Promise<void> {
  const registry = new Registry();
  registry.setDefaultLabels({ version });
  if (!listen) return work(registry);
  collectDefaultMetrics({ register: registry });
  const endpoint = await serveMetrics(registry, listen);
  try {
    await work(registry);
  } finally {
    await endpoint.close();
  }
}

async function serveMetrics(registry: Registry, listen: ListenAddress) {
  const app = new Hono();
  app.get('/metrics', async (c) => c.text(await registry.metrics(), 200, { 'content-type': registry.contentType }));
  try {
    return await serveApp(app, listen);
  } catch (cause) {
    throw new Error(
      `The metrics endpoint cannot listen on ${listen.host}:${listen.port}: set NUMBER_ORDERS_METRICS_ADDRESS to another host:port, or off.`,
      { cause },
    );
  }
}
