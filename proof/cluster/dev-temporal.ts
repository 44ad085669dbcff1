import { join } from 'node:path';
import { neutralEnvironment } from '../../local/environment';
import { lastingPorts } from '../../local/free-ports';
import type { ManagedProcess, Processes } from '../../local/processes';
import { readTools } from '../../local/tools';
import { SEARCH_ATTRIBUTES } from '@number-orders/contract';
import { isServing, type Temporal } from './temporal';

/**
 * The dev server of the Temporal CLI, with its state in a file so that it survives a restart: for machines without
 * PostgreSQL or the minutes that building a Temporal server takes.
 */
export async function openDevTemporal(processes: Processes, folder: string): Promise<Temporal> {
  const { temporal: cliPath } = await readTools('temporal');
  const [port = 0, uiPort = 0] = await lastingPorts(2);
  const address = `127.0.0.1:${port}`;
  const attributes = Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => [
    '--search-attribute',
    `${name}=${type}`,
  ]);
  const state = ['--db-filename', join(folder, 'temporal.db')];
  const where = ['--ip', '127.0.0.1', '--port', `${port}`, '--ui-port', `${uiPort}`];
  let server: ManagedProcess | undefined;
  const startServer = async () => {
    server = processes.start({
      name: 'temporal-server',
      command: cliPath,
      args: ['server', 'start-dev', '--log-level', 'error', ...where, ...state, ...attributes],
      env: neutralEnvironment(),
      graceMs: 30_000,
    });
    await server.whenReady(() => isServing(address));
  };
  await startServer();
  return {
    address,
    settings: {},
    uiUrl: `http://127.0.0.1:${uiPort}`,
    cliPath,
    parts: ['Temporal dev server, its state in a file'],
    startServer,
    stopServer: async () => server?.stop(),
    killServer: async () => server?.kill(),
  };
}
