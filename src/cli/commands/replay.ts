import type { Command } from 'commander';
import { connectNumberOrders } from '../../client';
import { readReplaySettings } from '../../config/settings';
import type { Cli } from '../cli';
import type { ReplayReport } from '../replay-open-orders';
import { toJson } from '../terminal';
import { UsageError } from '../usage-error';

interface ReplayOptions {
  query?: string;
  limit: number;
  closed?: boolean;
  json?: true;
}

export function addReplayCommand(program: Command, cli: Cli): void {
  program
    .command('replay')
    .description('replay open orders with the workflow code of this build, before it is deployed')
    .option('--query <query>', 'only workflows that also match this visibility query')
    .option('--limit <count>', 'at most this many, newest first', count, 1_000)
    .option('--closed', 'also workflows that have ended')
    .option('--json', 'print JSON')
    .action(async ({ query, limit, closed = false, json }: ReplayOptions) => {
      const settings = readReplaySettings(cli.terminal.env);
      // Loaded when asked for: a worker's native parts would slow every other command down.
      const { silenceRuntime } = await import('../../worker/runtime.js');
      const { replayOpenOrders } = await import('../replay-open-orders.js');
      silenceRuntime();
      const connected = await connectNumberOrders(settings);
      try {
        const selection = { ...(query !== undefined && { query }), limit, closed };
        const report = await replayOpenOrders(connected.temporal, settings, selection);
        if (json) cli.terminal.out(toJson(report));
        else cli.print(...renderReport(report));
        if (report.broken.length > 0) cli.exitCode = 1;
      } finally {
        await connected.close();
      }
    });
}

function count(written: string): number {
  if (/^[1-9]\d{0,6}$/.test(written)) return Number(written);
  throw new UsageError('--limit must be a whole number from 1 to 9999999.');
}

function renderReport({ found, replayed, broken }: ReplayReport): string[] {
  return [
    `${replayed} of ${found} replayed: ${broken.length === 0 ? 'this build can continue all of them' : `this build breaks ${broken.length}`}.`,
    ...broken.map(({ workflowId, runId, problem }) => `  ${workflowId}  run ${runId}  ${problem}`),
  ];
}
