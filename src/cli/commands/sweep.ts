import type { Command } from 'commander';
import { connectNumberOrders } from '../../client';
import { scheduleSweeps, sweepOnce } from '../../client/sweep';
import { readClientSettings } from '../../config/settings';
import { parseDuration, SWEEP_ID, type SweepReport } from '@number-orders/contract';
import type { Cli } from '../cli';
import { toJson } from '../terminal';
import { UsageError } from '../usage-error';

const SHORTEST_MS = 60_000;

interface SweepOptions {
  dryRun?: boolean;
  every?: string;
  json?: true;
}

export function addSweepCommand(program: Command, cli: Cli): void {
  program
    .command('sweep')
    .description("delete documents of orders that are not open, older than the worker's NUMBER_ORDERS_RETENTION")
    .option('--dry-run', 'only print what would be deleted')
    .option('--every <duration>', 'create a schedule that does it, such as every "1 day"; run it again to change it')
    .option('--json', 'print JSON')
    .action(async ({ dryRun = false, every, json }: SweepOptions) => {
      const everyMs = every === undefined ? undefined : interval(every);
      if (everyMs !== undefined && dryRun) throw new UsageError('Leave out --dry-run, or --every.');
      const settings = readClientSettings(cli.terminal.env);
      const connected = await connectNumberOrders(settings);
      try {
        if (everyMs === undefined) {
          const report = await sweepOnce(connected.temporal, settings.taskQueue, { dryRun });
          if (json) cli.terminal.out(toJson(report));
          else cli.print(...renderReport(report, dryRun));
        } else {
          const done = await scheduleSweeps(connected.temporal, settings.taskQueue, everyMs);
          if (json) cli.terminal.out(toJson({ scheduleId: SWEEP_ID, everyMs }));
          else cli.print(`Schedule ${SWEEP_ID} ${done}: a sweep every ${every ?? ''}.`);
        }
      } finally {
        await connected.close();
      }
    });
}

function interval(every: string): number {
  const milliseconds = parseDuration(every);
  if (milliseconds !== undefined && milliseconds >= SHORTEST_MS) return milliseconds;
  throw new UsageError('--every must be a number and a unit, at least "1 minute", such as "12 hours" or "1 day".');
}

function renderReport({ seen, open, recent, swept, references }: SweepReport, dryRun: boolean): string[] {
  return [
    `${seen} orders have documents: ${open} are open, ${recent} recent, ${swept} ${dryRun ? 'would be' : 'were'} swept.`,
    ...references.map((reference) => `  ${reference}`),
    ...(swept > references.length ? [`  and ${swept - references.length} more`] : []),
  ];
}
