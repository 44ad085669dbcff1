import type { ActivityPorts, OrderPolicy } from '../activities/ports';
import type { KeySource } from '../data-converter';
import type { KeyList } from '../data-converter/keys';
import type { StoreSettings } from '../store/open-store';
import type { ClientSettings, TemporalSettings } from './client-types';

export interface SinchSettings {
  projectId: string;
  keyId: string;
  keySecret: string;
  authentication: 'oauth' | 'basic';
  numbersUrl: string;
  authUrl: string;
}

/** One of the fleet's further Sinch projects. */
export interface ProjectSettings {
  sinch: SinchSettings;
  /** The project's hmacSecret; undefined: it has no callbacks. */
  callbackSecret?: string;
  /** Of all workers together. Undefined: as many as there are. */
  callsPerSecond?: number;
  policy: OrderPolicy;
}

export interface ReplaySettings extends ClientSettings {
  /** Whether the worker traces, which is other code. */
  traced: boolean;
}

export interface WorkerSettings {
  temporal: TemporalSettings;
  taskQueue: string;
  sinch: SinchSettings;
  /** Of all workers together. Undefined: as many as there are. */
  sinchCallsPerSecond?: number;
  /** By name, besides the default one. */
  projects: ReadonlyMap<string, ProjectSettings>;
  store: StoreSettings;
  /** How long documents are kept whose order is not open. */
  retentionMs: number;
  callbacks?: { url: string; secret: string };
  notifications?: { secret: string; hosts: string[] };
  /** Of links to the KYC page in notifications. Undefined: none. */
  kycLinks?: { url: string; keys: KeyList };
  deployment?: { name: string; buildId: string };
  policy: OrderPolicy;
  polls: ActivityPorts['polls'];
  /** Undefined: no health endpoint. */
  health?: { host: string; port: number };
  /** Of Prometheus' endpoint. Undefined: no metrics. */
  metrics?: { host: string; port: number };
  /** Undefined: no traces. */
  tracing?: TracingSettings;
  tuning: TuningSettings;
  /** When Temporal's database was restored, milliseconds since the epoch. */
  restoredAt?: number;
  shutdownGraceMs: number;
  /** Undefined: payloads are not encrypted. */
  encryptionKeys?: KeySource;
  log: LogSettings;
}

/** The intake's settings, besides a client's. */
export interface IntakeSettings {
  listen: { host: string; port: number };
  /** An origin. */
  url: string;
  keys: KeyList;
  /** Of other services. */
  access: {
    tokens: { name: string; scopes: ('documents' | 'links' | 'read')[]; token: string }[];
    accessTokens?: { jwksUrl: string; issuer: string; audience: string };
  };
  look: { name: string; controller?: string; privacyNotice?: string };
  accent?: string;
  logo?: { bytes: Uint8Array<ArrayBuffer>; mimeType: string };
  returnHosts: string[];
  maxDocumentBytes: number;
  quotas: { messages: number; bytes: number; requests: number };
  trustedProxies: string[];
  /** Where metrics are served; undefined: nowhere. */
  metrics?: { host: string; port: number };
  log: LogSettings;
}

/** The concurrency of a worker. */
export interface TuningSettings {
  maxCachedWorkflows: number;
  maxWorkflowTasks: number;
  maxActivities: number;
  /** Shares of the whole, more than 0 and at most 1. */
  targetMemoryUsage: number;
  targetCpuUsage: number;
  /** For each kind of task. */
  maxPollers: number;
}

export interface TracingSettings {
  /** The OTLP/HTTP receiver of traces. */
  url: string;
  /** It is another host over `http://` that is not allowed by the settings. */
  inPlain: boolean;
}

export interface LogSettings {
  level: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  /** Undefined: pretty on a terminal, JSON elsewhere. */
  format?: 'json' | 'pretty';
}

export interface CallbackReceiverSettings {
  /** The default project's hmacSecret. */
  secret: string;
  /** Those of the named ones. */
  projectSecrets: ReadonlyMap<string, string>;
  listen: { host: string; port: number };
  /** IP addresses and networks; undefined: any. */
  senders?: string[];
  trustedProxies: string[];
  /** Where metrics are served; undefined: nowhere. */
  metrics?: { host: string; port: number };
  log: LogSettings;
}

export interface CodecServerSettings {
  keys: KeySource;
  listen: { host: string; port: number };
  /** A bearer token that opens it. */
  token?: string;
  /** Which access tokens open it. */
  accessTokens?: { jwksUrl: string; issuer: string; audience: string };
  /** Of the Web UI. */
  origin?: string;
  /** Where metrics are served; undefined: nowhere. */
  metrics?: { host: string; port: number };
  log: LogSettings;
}
