import type { Client } from '@temporalio/client';
import type { Env, Hono } from 'hono';

const TEMPORAL_ANSWERS_WITHIN_MS = 3_000;

/**
 * `GET /live` (also `/healthz`): the process answers. `GET /ready`: Temporal answers too, if the process needs it; 503 otherwise.
 * @param isReady left out: always ready
 */
export function addProbes<E extends Env>(app: Hono<E>, isReady: () => Promise<boolean> = () => Promise.resolve(true)) {
  app.on('GET', ['/healthz', '/live'], (c) => c.text('ok'));
  app.get('/ready', async (c) => ((await isReady()) ? c.text('ok') : c.text('Temporal does not answer', 503)));
}

/** Whether an order can be signalled now. */
export async function reachesTemporal(client: Client): Promise<boolean> {
  try {
    await client.withDeadline(Date.now() + TEMPORAL_ANSWERS_WITHIN_MS, () =>
      client.workflowService.describeNamespace({ namespace: client.options.namespace }),
    );
    return true;
  } catch {
    return false;
  }
}
