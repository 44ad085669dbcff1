import { Client, Connection, type ConnectionOptions, type WorkflowClientInterceptor } from '@temporalio/client';
import type { ClientSettings } from '../config/client-types';
import { openStore } from '../store/open-store';
import { TemporalUnavailableError } from './errors';
import { howToReach } from './how-to-reach';
import { NumberOrdersClient } from './number-orders-client';
import { numberOrders } from './plugin';

export interface ConnectedClient {
  orders: NumberOrdersClient;
  /** Temporal's own client, for everything outside the contract. */
  temporal: Client;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /**
   * Traces the client's calls with the OpenTelemetry SDK that the calling process has registered, and passes the trace on to the
   * order. It needs the package `@temporalio/interceptors-opentelemetry`.
   */
  tracing?: boolean;
}

/**
 * A client as the environment describes it.
 * @param settings `readClientSettings(process.env)`
 * @throws {ConfigurationError} {@link TemporalUnavailableError}
 */
export async function connectNumberOrders(
  settings: ClientSettings,
  { tracing = false }: ConnectOptions = {},
): Promise<ConnectedClient> {
  const { connectionOptions, namespace } = settings.temporal;
  const interceptors = tracing ? { workflow: [await spanMaker()] } : {};
  const plugin = numberOrders(settings);
  const connection = await connect({ ...connectionOptions, plugins: [plugin] });
  // The connection passes its plugin on to the client.
  const temporal = new Client({ connection, namespace, interceptors });
  const store = openStore(settings.store, settings.encryptionKeys);
  const orders = new NumberOrdersClient({
    client: temporal,
    taskQueue: settings.taskQueue,
    store,
    records: store,
    timeoutMs: settings.rpcTimeoutMs,
    ...(settings.intake && { intake: settings.intake }),
  });
  return { orders, temporal, close: () => connection.close() };
}

async function connect(
  options: ClientSettings['temporal']['connectionOptions'] & ConnectionOptions,
): Promise<Connection> {
  try {
    return await Connection.connect(options);
  } catch (cause) {
    const remedy = await howToReach(options);
    throw new TemporalUnavailableError(`${options.address ?? 'localhost:7233'} cannot be reached`, { remedy, cause });
  }
}

/** Loaded only for tracing. */
async function spanMaker(): Promise<WorkflowClientInterceptor> {
  try {
    const { OpenTelemetryWorkflowClientInterceptor } =
      await import('@temporalio/interceptors-opentelemetry/lib/client/index.js');
    return new OpenTelemetryWorkflowClientInterceptor();
  } catch (cause) {
    throw new Error('Tracing needs a package: npm install @temporalio/interceptors-opentelemetry', { cause });
  }
}
