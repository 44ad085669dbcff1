import type { ConnectionOptions } from '@temporalio/client';
import type { KeySource } from '../data-converter';
import type { StoreSettings } from '../store/open-store';

/**
 * Where Temporal is. `connectionOptions` suit both a client's `Connection` and a worker's `NativeConnection`. They are named
 * one by one: the types of `@temporalio/envconfig` are a worker's, which a client does not have.
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
  /** Where links to the KYC page are signed, and what this service shows there. Undefined: nowhere. */
  intake?: { url: string; token: string };
}
