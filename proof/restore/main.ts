import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Interruption } from '../../local/interruption';
import { thisMachine } from '../../local/machine';
import { bold, dim, print } from '../../local/terminal';
import { ToldError } from '../../local/told-error';
import { allHold } from '../../local/verdict';
import { connectNumberOrders, readClientSettings } from '../../src/client';
import { Cluster, type OpenCluster } from '../cluster/cluster';
import { BadDay } from './bad-day';

const USAGE = `npm run restore                       Temporal's database is restored from a backup while orders are in flight
npm run restore -- --report <file>    write what must hold, and whether it did, as JSON`;

async function main(): Promise<number> {
  const { help, report } = readOptions();
  if (help) {
    print(USAGE);
    return 0;
  }
  const cluster = new Cluster({ workers: 0, logs: 'restore' });
  const { anyDied } = cluster.processes;
  const interruption = new Interruption();
  const date = new Date().toISOString();
  try {
    print(dim('Starting the cluster …'));
    const opened = await interruption.orElse(Promise.race([cluster.open(), anyDied]));
    const { parts, uiUrl } = opened.temporal;
    print(...parts.map((part) => dim(part)), `${bold('Temporal UI')}  ${uiUrl}`);
    const verdict = await interruption.orElse(Promise.race([play(opened, cluster), anyDied]));
    if (report) {
      const told = { date, machine: thisMachine(), cluster: parts, verdict };
      await writeFile(report, `${JSON.stringify(told, null, 2)}\n`);
    }
    print('', allHold(verdict) ? bold('Everything holds.') : bold('Not everything holds.'));
    return allHold(verdict) ? 0 : 1;
  } finally {
    print('', dim('Ending what was started …'));
    await cluster.close();
  }
}

async function play(opened: OpenCluster, { processes }: Cluster) {
  const client = await connectNumberOrders(readClientSettings(opened.settings));
  const day = new BadDay(opened, processes, client.orders);
  try {
    await day.ordersBegin();
    await day.isBackedUp();
    await day.goesOn();
    await day.everythingDies();
    await day.isRestored();
    await day.ordersGoOn();
    await day.lostOrdersAreStartedAgain();
    await day.isHeldAgainstSinch();
    return day.claims;
  } finally {
    await client.close();
  }
}

function readOptions(): { help: boolean; report: string | undefined } {
  try {
    const { values } = parseArgs({ options: { help: { type: 'boolean' }, report: { type: 'string' } } });
    return { help: values.help ?? false, report: values.report };
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
