import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../local/paths';
import type { Processes } from '../../local/processes';
import { lastingPorts } from '../../local/free-ports';
import { readTools } from '../../local/tools';
import { readCompose } from './compose';
import type { MutualTls } from './mutual-tls';
import { Postgres } from './postgres';
import type { Temporal } from './temporal';
import { PORTS_NEEDED, TemporalServer } from './temporal-server';
import { startWebUi } from './web-ui';

/**
 * A Temporal server on PostgreSQL and its Web UI, as in docker-compose.yml.
 * @param folder for their data; other users can pass through it
 * @param tls undefined for plain text
 */
export async function openPostgresTemporal(processes: Processes, folder: string, tls?: MutualTls): Promise<Temporal> {
  const tools = await readTools('temporal', 'temporalServer', 'temporalSqlTool', 'temporalUi', 'postgres');
  const compose = readCompose(await readFile(join(root, 'docker-compose.yml'), 'utf8'));
  const [databasePort = 0, uiPort = 0, ...serverPorts] = await lastingPorts(2 + PORTS_NEEDED);
  const postgres = new Postgres(processes, tools.postgres, databasePort, folder);
  const server = new TemporalServer(processes, tools, compose, postgres, serverPorts, folder, tls);
  const { versions, historyShards } = compose;
  await postgres.open();
  await server.open();
  const uiUrl = await startWebUi(processes, {
    executable: tools.temporalUi,
    port: uiPort,
    address: server.address,
    folder,
    tls,
  });
  return {
    address: server.address,
    uiUrl,
    settings: tls?.settings() ?? {},
    cliPath: tools.temporal,
    parts: [
      `Temporal server ${versions.temporal}, ${historyShards} history shards`,
      `PostgreSQL ${await postgres.version()} (docker-compose.yml has ${versions.postgres})`,
      `Temporal UI ${versions.ui}`,
    ],
    stopServer: () => server.stop(),
    killServer: () => server.kill(),
    startServer: () => server.start(),
    restartDatabase: () => postgres.restart(),
    backUpDatabase: () => postgres.backUp(),
    restoreDatabase: () => postgres.restore(),
  };
}
