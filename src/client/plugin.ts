import type { ClientPlugin, ConnectionPlugin } from '@temporalio/client';
import { createDataConverter, type KeySource } from '../data-converter';
import { grpcRetries } from './grpc-retries';

export interface NumberOrdersPluginOptions {
  /** The worker's keys, as `parseKeyList(…)` returns them. Left out: payloads are not encrypted. */
  encryptionKeys?: KeySource;
}

const TAKEN = `numberOrders() sets the client's data converter, and another one is set already: leave dataConverter out and hand \
keys to numberOrders({ encryptionKeys }), or make a client for number orders alone, with a data converter of its own.`;

/**
 * Makes a client of Temporal's SDK speak to number orders: adds their data converter and, on the connection, retries that tell a
 * busy order from an unreachable server.
 *
 * @example
 * const orders = new NumberOrdersClient({ client: new Client({ connection, plugins: [numberOrders()] }) });
 *
 * @throws {Error} when the client is created with another data converter
 */
export function numberOrders({ encryptionKeys }: NumberOrdersPluginOptions = {}): ClientPlugin & ConnectionPlugin {
  const dataConverter = createDataConverter(encryptionKeys);
  return {
    name: 'number-orders',
    configureConnection: ({ interceptors, ...options }) => ({
      ...options,
      interceptors: interceptors ?? [grpcRetries()],
    }),
    configureClient(options) {
      // A connection passes its plugins on to its clients, which may have them too.
      if (options.dataConverter !== undefined && options.dataConverter !== dataConverter) throw new Error(TAKEN);
      return { ...options, dataConverter };
    },
  };
}
