import type { ConnectionOptions } from '@temporalio/client';
import type { KeySource } from '../data-converter';
import type { StoreSettings } from '../store/open-store';

/**
 * How to reach Temporal. `connectionOptions` fit both a client's `Connection` and a worker's `NativeConnection`. They are listed
 * here because the types of `@temporalio/envconfig` need worker packages, which a client does not have.
 */
export interface TemporalSettings {
  connectionOptions: Pick<ConnectionOptions, 'address' | 'tls' | 'metadata' | 'channelArgs'> & {
    apiKey?: string;
    /** A worker's way; a client's is in `channelArgs`. */
    proxy?: HttpProxy;
  };
  namespace: string;
}

interface HttpProxy {
  type: 'http-connect';
  /** `host:port` */
  targetHost: string;
  basicAuth?: { username: string; password: string };
}

export interface ClientSettings {
  temporal: TemporalSettings;
  taskQueue: string;
  store: StoreSettings;
  rpcTimeoutMs: number;
  /** Undefined: payloads are not encrypted. */
  encryptionKeys?: KeySource;
  /** The intake that signs links to the KYC page, and this service's token there. Undefined: none. */
  intake?: { url: string; token: string };
}
