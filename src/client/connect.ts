import { Client, Connection } from '@temporalio/client';
import { OpenTelemetryWorkflowClientInterceptor } from '@temporalio/interceptors-opentelemetry/lib/client';
import type { ClientSettings } from '../config/settings';
import { createDataConverter } from '../data-converter';
import { openStore } from '../store/open-store';
import { TemporalUnavailableError } from './errors';
import { grpcRetries } from './grpc-retries';
import { NumberOrdersClient } from './number-orders-client';

export interface ConnectedClient {
  orders: NumberOrdersClient;
  /** For what the contract leaves to Temporal itself. */
  temporal: Client;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /**
   * Makes spans of what the client does, by whatever OpenTelemetry SDK the calling process has registered, and hands the
   * trace on to the order.
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
  const connection = await connect(connectionOptions);
  const temporal = new Client({
    connection,
    namespace,
    dataConverter: createDataConverter(settings.encryptionKeys),
    ...(tracing && { interceptors: { workflow: [new OpenTelemetryWorkflowClientInterceptor()] } }),
  });
  const orders = new NumberOrdersClient({
    client: temporal,
    taskQueue: settings.taskQueue,
    store: openStore(settings.store, settings.encryptionKeys),
    timeoutMs: settings.rpcTimeoutMs,
  });
  return { orders, temporal, close: () => connection.close() };
}

async function connect(options: ClientSettings['temporal']['connectionOptions']): Promise<Connection> {
  try {
    return await Connection.connect({ ...options, interceptors: [grpcRetries()] });
  } catch (cause) {
    throw new TemporalUnavailableError(cause instanceof Error ? cause.message : 'no connection', { cause });
  }
}
