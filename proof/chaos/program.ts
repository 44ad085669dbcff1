import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Interruption } from '../../local/interruption';
import { bold, dim, print } from '../../local/terminal';
import { ToldError } from '../../local/told-error';
import { allHold, printClaims } from '../../local/verdict';
import { Cluster, type OpenCluster } from '../cluster/cluster';
import { keepHistories } from './keep-histories';
import type { ChaosReport } from './report';
import { chaosSettings, type ChaosOptions, type ChaosRun } from './run';

/** A program that plays orders on a cluster while everything breaks. */
export interface Trial {
  usage: string;
  /** The prefix of its log files. */
  logs: string;
  /** How many orders by default. */
  orders: number;
  run: (cluster: OpenCluster, options: ChaosOptions) => Promise<ChaosRun>;
}

/** Prints the results, writes a report if one is asked for, and exits with 1 if a claim does not hold. */
export function runTrial(trial: Trial): void {
  // An interrupted run has calls that are still waiting for the server it has ended: they are not awaited.
  perform(trial).then(
    (exitCode) => process.exit(exitCode),
    (error: unknown) => {
      console.error(error instanceof ToldError ? `\n${error.message}` : error);
      process.exit(1);
    },
  );
}

async function perform(trial: Trial): Promise<number> {
  const { help, report: reportFile, ...options } = readOptions(trial);
  if (help) {
    print(trial.usage);
    return 0;
  }
  const cluster = new Cluster({
    ...options,
    settings: chaosSettings(options.seed),
    callbacks: true,
    logs: trial.logs,
  });
  const { anyDied } = cluster.processes;
  const interruption = new Interruption();
  try {
    print(`${bold('Seed')} ${options.seed}`, dim('Starting the cluster …'));
    const opened = await interruption.orElse(Promise.race([cluster.open(), anyDied]));
    print(...opened.temporal.parts.map((part) => dim(part)), `${bold('Temporal UI')}  ${opened.temporal.uiUrl}`, '');
    const { report, broken } = await interruption.orElse(Promise.race([trial.run(opened, options), anyDied]));
    tell(report);
    if (broken.length > 0) print(dim(`The histories of orders that broke a rule: ${await keepHistories(broken)}`));
    if (reportFile) await writeFile(reportFile, `${JSON.stringify(report, null, 2)}\n`);
    return allHold(report.verdict) ? 0 : 1;
  } finally {
    print('', dim('Ending what was started …'));
    await cluster.close();
  }
}

function tell(report: ChaosReport): void {
  const { requests, callbacks, runs } = report;
  const table = (title: string, counts: Record<string, number>) => [
    '',
    bold(title),
    ...Object.entries(counts).map(([name, count]) => `  ${String(count).padStart(6)}  ${name}`),
  ];
  const share = ((requests.faulty / requests.all) * 100).toFixed(1);
  print(
    ...table(`Faults of Sinch, in ${share} % of ${requests.all} requests`, report.faults),
    ...table('Broken besides', report.breakages),
    ...table('Callbacks', { ...callbacks }),
    ...table('What senders of KYC were answered', report.kyc),
    ...table(`What ${report.orders} orders came to, in ${runs.all} runs with ${runs.events} events`, report.outcomes),
  );
  printClaims(`Verdict of the fake Sinch, seed ${report.seed}, after ${report.seconds} s`, report.verdict);
  print(...report.violations.map(({ reference, rule, problem }) => `  ${reference}  ${rule}: ${problem}`));
}

function readOptions({ usage, orders }: Trial): ChaosOptions & { help: boolean; report: string | undefined } {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: 'boolean' },
        orders: { type: 'string' },
        seed: { type: 'string' },
        workers: { type: 'string' },
        server: { type: 'string' },
        report: { type: 'string' },
      },
    });
    const { help = false, server = 'postgres', report } = values;
    if (server !== 'postgres' && server !== 'dev') throw new Error('--server must be postgres or dev.');
    return {
      help,
      report,
      server,
      orders: whole('--orders', values.orders ?? String(orders)),
      seed: whole('--seed', values.seed ?? String(randomInt(1, 2 ** 31))),
      workers: whole('--workers', values.workers ?? '3'),
    };
  } catch (error) {
    throw new ToldError(`${error instanceof Error ? error.message : 'This is not understood'}\n\n${usage}`);
  }
}

function whole(option: string, value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new Error(`${option} must be a whole number, 1 or more.`);
  return Number(value);
}
