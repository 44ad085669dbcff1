import { Connection } from '@temporalio/client';
import { readClientSettings } from '../../src/config/settings';

/** A Temporal that is running, to be interrupted in every way a real one is. Each resolves once it is so. */
export interface Temporal {
  /** `host:port` */
  address: string;
  uiUrl: string;
  /** By which clients and workers reach it, besides the address. */
  settings: Record<string, string>;
  /** Of the `temporal` CLI. */
  cliPath: string;
  /** What it is made of, with versions, for people to read. */
  parts: string[];
  stopServer(): Promise<void>;
  /** With SIGKILL. */
  killServer(): Promise<void>;
  startServer(): Promise<void>;
  /** Absent where the server keeps its state itself. */
  restartDatabase?(): Promise<void>;
  /** Absent, like the next, where the server keeps its state itself. */
  backUpDatabase?(): Promise<void>;
  /** As the last backup had it; the server is to be down. */
  restoreDatabase?(): Promise<void>;
}

/** Undefined: not yet. */
export async function isServing(address: string, settings: Record<string, string> = {}): Promise<true | undefined> {
  const env = { TEMPORAL_ADDRESS: address, TEMPORAL_CONFIG_FILE: '/no/such/file', ...settings };
  const { connectionOptions } = readClientSettings(env).temporal;
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ ...connectionOptions, connectTimeout: '1 second' });
    await connection.workflowService.listNamespaces({});
    return true;
  } catch {
    return undefined;
  } finally {
    await connection?.close();
  }
}
