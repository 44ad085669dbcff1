import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { quote, shellEnvironment } from '../../local/environment';
import { Interruption } from '../../local/interruption';
import { bold, cyan, dim, print } from '../../local/terminal';
import { ToldError } from '../../local/told-error';
import { Cluster, type OpenCluster } from './cluster';

const USAGE = `npm run cluster                      Temporal on PostgreSQL with its Web UI, a fake Sinch, and a worker
npm run cluster -- --workers <n>     with so many workers
npm run cluster -- --mtls            with certificates: everything speaks mutual TLS with Temporal`;

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    print(USAGE);
    return;
  }
  const cluster = new Cluster({ workers: options.workers, mutualTls: options.mtls });
  const interruption = new Interruption();
  try {
    print(dim('Starting PostgreSQL, a Temporal server, a fake Sinch and workers …'));
    const opened = await interruption.orElse(Promise.race([cluster.open(), cluster.processes.anyDied]));
    await tell(opened);
    await Promise.race([interruption.happened, cluster.processes.anyDied]);
  } finally {
    print('', dim('Ending what was started …'));
    await cluster.close();
  }
}

async function tell({ temporal, fakeSinch, settings, workers, folder }: OpenCluster): Promise<void> {
  const environmentFile = join(folder, 'environment.sh');
  await writeFile(environmentFile, shellEnvironment(settings, fakeSinch, dirname(temporal.cliPath)));
  print(
    '',
    ...temporal.parts.map((part) => dim(part)),
    '',
    `${bold('Temporal')}     ${temporal.address}`,
    `${bold('Temporal UI')}  ${temporal.uiUrl}`,
    `${bold('Fake Sinch')}   ${fakeSinch}`,
    `${bold('Workers')}      ${workers.map(({ pid }) => `process ${pid ?? 'unknown'}`).join(', ')}`,
    `${bold('Logs')}         .number-orders/logs/cluster-*.log`,
    '',
    dim('In another terminal, from the root of the repository:'),
    cyan(`. ${quote(environmentFile)}`),
    cyan('npx number-orders start --reserve demo/examples/au-mobile.json'),
    '',
    `${bold('Ctrl-C')}       ends it all`,
  );
}

function readOptions(): { help: boolean; workers: number; mtls: boolean } {
  try {
    const { values } = parseArgs({
      options: { help: { type: 'boolean' }, workers: { type: 'string' }, mtls: { type: 'boolean' } },
    });
    const { help = false, workers = '1', mtls = false } = values;
    if (!/^[1-9]\d*$/.test(workers)) throw new Error('--workers must be a whole number, 1 or more.');
    return { help, workers: Number(workers), mtls };
  } catch (error) {
    throw new ToldError(`${error instanceof Error ? error.message : 'This is not understood'}\n\n${USAGE}`);
  }
}

// An interrupted start has calls that still wait for the server that it has ended: they are not awaited.
main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof ToldError ? `\n${error.message}` : error);
    process.exit(1);
  },
);
