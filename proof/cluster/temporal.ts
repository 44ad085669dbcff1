import { Connection } from '@temporalio/client';
import { readClientSettings } from '../../src/config/settings';

/** A running Temporal that can fail in every way a real one can. Each method resolves once it is done. */
export interface Temporal {
  /** `host:port` */
  address: string;
  uiUrl: string;
  /** The settings that clients and workers need besides the address. */
  settings: Record<string, string>;
  /** The path of the `temporal` CLI. */
  cliPath: string;
  /** Its parts with their versions, for people to read. */
  parts: string[];
  stopServer(): Promise<void>;
  /** Kills it with SIGKILL. */
  killServer(): Promise<void>;
  startServer(): Promise<void>;
  /** Absent if the server keeps its state itself. */
  restartDatabase?(): Promise<void>;
  /** Absent, like the next, if the server keeps its state itself. */
  backUpDatabase?(): Promise<void>;
  /** Restores the last backup. The server must be down. */
  restoreDatabase?(): Promise<void>;
}

/** Undefined if it does not serve yet. */
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
