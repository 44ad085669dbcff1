import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { readClientSettings, readSinchSettings, type ClientSettings, type Environment } from '../config/settings';
import { SinchClient } from '../sinch';
import { openStore } from '../store/open-store';
import { requireSearchAttributes } from '../worker/search-attributes';

/** One thing that was looked at. `detail` says what was seen, or how to mend it. */
export interface Finding {
  name: string;
  ok: boolean;
  detail: string;
}

const PATIENCE_MS = 10_000;

/** Looks at everything an order needs, one after the other. What stands on something broken is not looked at. */
export async function* examine(env: Environment): AsyncGenerator<Finding> {
  let settings: ClientSettings | undefined;
  yield await finding('client settings', () => {
    settings = readClientSettings(env);
    return 'complete';
  });
  if (settings) {
    yield* examineTemporal(settings);
    yield await examineStore(settings);
  }
  yield await finding('Sinch', async () => {
    const sinch = readSinchSettings(env);
    const { hmacSecret } = await new SinchClient({ ...sinch, timeoutMs: PATIENCE_MS }).getCallbackConfiguration();
    const signed = hmacSecret ? 'callbacks are signed' : 'no hmacSecret is set, so callbacks would not be signed';
    return `${sinch.numbersUrl} takes the credentials; ${signed}`;
  });
}

async function* examineTemporal({ temporal: { connectionOptions, namespace }, taskQueue }: ClientSettings) {
  const address = connectionOptions.address ?? 'localhost:7233';
  let connection: Connection | undefined;
  yield await finding('Temporal', async () => {
    try {
      connection = await Connection.connect({ ...connectionOptions, connectTimeout: PATIENCE_MS });
    } catch {
      throw new Error(`${address} cannot be reached: check TEMPORAL_ADDRESS, TLS and that the server is up.`);
    }
    return address;
  });
  if (!connection) return;
  const { workflowService } = connection;
  try {
    const known = await finding('namespace', async () => {
      try {
        await workflowService.describeNamespace({ namespace });
      } catch {
        throw new Error(
          `There is no namespace ${namespace}, or it may not be read: check TEMPORAL_NAMESPACE and the API key.`,
        );
      }
      return namespace;
    });
    yield known;
    if (!known.ok) return;
    const open = connection;
    yield await finding('search attributes', async () => {
      await requireSearchAttributes(open, namespace);
      return 'registered';
    });
    yield await finding('worker', async () => {
      const { pollers } = await workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
      });
      if (pollers.length === 0) {
        throw new Error(`Nobody polls the task queue ${taskQueue}: start a worker with \`number-orders worker\`.`);
      }
      return `${pollers.length} polling the task queue ${taskQueue}`;
    });
  } finally {
    await connection.close();
  }
}

function examineStore({ store: storeSettings, encryptionKeys }: ClientSettings): Promise<Finding> {
  const { url } = storeSettings;
  return finding('store', async () => {
    const store = openStore(storeSettings, encryptionKeys);
    const reference = `doctor-${randomUUID()}`;
    try {
      await store.verify(await store.put(reference, Readable.from([Buffer.from('doctor')])));
    } catch (error) {
      throw new Error(`${url} cannot be written: check NUMBER_ORDERS_STORE and its permissions (${reasonOf(error)}).`, {
        cause: error,
      });
    } finally {
      await store.deleteAll(reference).catch(() => undefined);
    }
    return `${url} can be written and read`;
  });
}

async function finding(name: string, look: () => string | Promise<string>): Promise<Finding> {
  try {
    return { name, ok: true, detail: await look() };
  } catch (error) {
    return { name, ok: false, detail: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}
