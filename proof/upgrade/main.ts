import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Interruption } from '../../local/interruption';
import { thisMachine } from '../../local/machine';
import { bold, dim, print } from '../../local/terminal';
import { ToldError } from '../../local/told-error';
import { allHold, type Claim } from '../../local/verdict';
import { connectNumberOrders, readClientSettings } from '../../src/client';
import { Cluster, type OpenCluster, type ServerKind } from '../cluster/cluster';
import { Trial } from './trial';

const USAGE = `npm run upgrade                       versions of the worker come and go while orders are in flight, on Temporal and PostgreSQL
npm run upgrade -- --report <file>    write what must hold, and whether it did, as JSON
npm run upgrade:quick                 the same on the Temporal CLI's dev server, which needs no PostgreSQL`;

async function main(): Promise<number> {
  const { help, server, report } = readOptions();
  if (help) {
    print(USAGE);
    return 0;
  }
  const cluster = new Cluster({ workers: 0, server, logs: 'upgrade' });
  const { anyDied } = cluster.processes;
  const interruption = new Interruption();
  const date = new Date().toISOString();
  try {
    print(dim('Starting the cluster …'));
    const opened = await interruption.orElse(Promise.race([cluster.open(), anyDied]));
    print(...opened.temporal.parts.map((part) => dim(part)), `${bold('Temporal UI')}  ${opened.temporal.uiUrl}`);
    const claims = await interruption.orElse(Promise.race([play(opened, cluster), anyDied]));
    if (report) await writeFile(report, reportOf({ date, cluster: opened.temporal.parts, claims }));
    print('', allHold(claims) ? bold('Everything holds.') : bold('Not everything holds.'));
    return allHold(claims) ? 0 : 1;
  } finally {
    print('', dim('Ending what was started …'));
    await cluster.close();
  }
}

function reportOf(run: { date: string; cluster: string[]; claims: readonly Claim[] }): string {
  const { date, cluster, claims } = run;
  return `${JSON.stringify({ date, machine: thisMachine(), cluster, verdict: claims }, null, 2)}\n`;
}

async function play(opened: OpenCluster, { processes }: Cluster): Promise<readonly Claim[]> {
  const settings = {
    ...opened.settings,
    NUMBER_ORDERS_DEPLOYMENT: 'number-orders',
    // So that an order begins a new run within minutes.
    NUMBER_ORDERS_CONTINUE_AS_NEW_MESSAGES: '5',
    NUMBER_ORDERS_REVIEW_POLL: '1 second',
  };
  const client = await connectNumberOrders(readClientSettings(settings));
  const trial = new Trial(opened, processes, settings, client);
  try {
    await trial.versionOneTakesOrders();
    await trial.versionTwoIsRolledOut();
    await trial.ordersOfVersionOneGoOn();
    await trial.versionTwoIsRolledBack();
    await trial.versionThreeTakesOver();
    await trial.versionOneIsDrained();
    await trial.nothingWasLost();
    return trial.claims;
  } finally {
    await client.close();
  }
}

function readOptions(): { help: boolean; server: ServerKind; report: string | undefined } {
  try {
    const { values } = parseArgs({
      options: { help: { type: 'boolean' }, server: { type: 'string' }, report: { type: 'string' } },
    });
    const { help = false, server = 'postgres', report } = values;
    if (server !== 'postgres' && server !== 'dev') throw new Error('--server must be postgres or dev.');
    return { help, server, report };
  } catch (error) {
    throw new ToldError(`${error instanceof Error ? error.message : 'This is not understood'}\n\n${USAGE}`);
  }
}

// An interrupted run has calls that are still waiting for the server it has ended: nobody waits for them.
main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    console.error(error instanceof ToldError ? `\n${error.message}` : error);
    process.exit(1);
  },
);
