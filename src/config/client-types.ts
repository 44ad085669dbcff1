import type { ConnectionOptions } from '@temporalio/client';
import type { loadClientConnectConfig } from '@temporalio/envconfig';
import type { KeySource } from '../data-converter';
import type { StoreSettings } from '../store/open-store';

/** Where Temporal is. `connectionOptions` suit both a client's `Connection` and a worker's `NativeConnection`. */
export interface TemporalSettings {
  connectionOptions: ReturnType<typeof loadClientConnectConfig>['connectionOptions'] &
    Pick<ConnectionOptions, 'channelArgs'>;
  namespace: string;
}

export interface ClientSettings {
  temporal: TemporalSettings;
  taskQueue: string;
  store: StoreSettings;
  rpcTimeoutMs: number;
  /** Undefined: payloads are not encrypted. */
  encryptionKeys?: KeySource;
}
