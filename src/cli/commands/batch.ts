import { basename, extname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Option, type Command } from 'commander';
import type { BatchOptions, BatchView, NumberOrderRequest, OperatorAction } from '@number-orders/contract';
import type { BatchLine, NumberOrdersClient, OrderSummary } from '../../client';
import { faultsOfRegions } from '../batch/faults-of-regions';
import { readBatchFile, type Fault } from '../batch/read-batch-file';
import { renderBatch } from '../batch/render-batch';
import { BATCH_REPORT_COLUMNS, reportRow, withKycLinks } from '../batch/report';
import type { Cli } from '../cli';
import { dryRunOf, totalOf, type DryRun } from '../dry-run';
import { renderDryRuns } from '../render-dry-run';
import { toCsv } from '../csv';
import { printable, toJson } from '../terminal';
import { UsageError } from '../usage-error';

const REFRESH_MS = 1_000;
const HOME_AND_CLEAR = '\u001b[H\u001b[2J';

export function addBatchCommands(program: Command, cli: Cli): void {
  const batches = program.command('batch').description('many orders from one file');

  batches
    .command('start <file>')
    .description('check a file of orders (.csv or .jsonl) and order each row once')
    .option('--name <batch>', "the batch's name; the file's without its ending when left out")
    .option('--max-open <n>', 'orders open at a time, 20 when left out', Number)
    .option('--pause-after <n>', 'pause after so many like failures in a row, 5 when left out, 0: never', Number)
    .option('--confirm-every <time>', "how often Temporal is asked for open orders, such as '10 minutes'")
    .option('--dry-run', 'only check the file, and say what would be reserved now and what it would cost')
    .action(async (file: string, { name, dryRun, ...options }: StartOptions) => {
      const { rows, lines, faults } = await readBatchFile(file);
      const all = [...faults, ...(faults.length > 0 ? [] : await faultsOfRegions(cli, rows, lines))];
      if (all.length > 0) throw new UsageError(describeFaults(file, all));
      const batch = name ?? basename(file, extname(file));
      if (dryRun) {
        cli.print(`${file} is in order: ${rows.length} orders in batch ${batch}. Nothing was started.`);
        await printCost(cli, rows);
        return;
      }
      await cli.withOrders(async (orders) => {
        const { attached, workflowId, corrected } = await orders.batches.start(batch, rows, options);
        cli.print(`${attached ? 'Running already:' : 'Started'} ${workflowId}, ${rows.length} orders`);
        if (corrected.length > 0)
          cli.print(`Corrected, ordered anew unless they have numbers: ${corrected.join(', ')}`);
      });
    });

  batches
    .command('watch <batch>')
    .description('follow a batch live until it ends')
    .action((batch: string) => cli.withOrders((orders) => watch(cli, orders, batch)));

  batches
    .command('status <batch>')
    .description('show where a batch stands')
    .option('--json', 'print JSON')
    .action(async (batch: string, { json }: { json?: true }) => {
      const view = await cli.withOrders((orders) => orders.batches.view(batch));
      if (json) cli.terminal.out(toJson(view));
      else cli.print(...renderBatch(view));
    });

  batches
    .command('report <batch>')
    .description('what has become of each row: numbers, prices, what is missing and until when')
    .addOption(new Option('--format <format>').choices(['json', 'csv']).default('csv'))
    .option('--no-kyc-links', 'leave out links to the KYC page, which are secrets')
    .action(async (batch: string, { format, kycLinks }: { format: 'json' | 'csv'; kycLinks: boolean }) => {
      const found: BatchLine[] = [];
      await cli.withOrders(async (orders) => {
        for await (const line of orders.batches.report(batch)) found.push(line);
      });
      const report = kycLinks ? await withKycLinks(cli, found) : found;
      cli.terminal.out(format === 'json' ? toJson(report) : toCsv([BATCH_REPORT_COLUMNS, ...report.map(reportRow)]));
    });

  const operation = (
    usage: string,
    description: string,
    act: (orders: NumberOrdersClient, batch: string, action: OperatorAction) => Promise<BatchView>,
  ) =>
    batches
      .command(usage)
      .description(description)
      .requiredOption('--author <name>', 'who asks for it')
      .requiredOption('--reason <text>', 'why')
      .action(async (batch: string, action: OperatorAction) => {
        cli.print(...renderBatch(await cli.withOrders((orders) => act(orders, batch, action))));
      });
  operation('pause <batch>', 'start no more orders for now', (orders, batch, action) =>
    orders.batches.pause(batch, action),
  );
  operation('resume <batch>', 'go on', (orders, batch, action) => orders.batches.resume(batch, action));

  batches
    .command('cancel <batch>')
    .description('start no more orders')
    .requiredOption('--reason <text>', 'why')
    .option('--author <name>', 'who asks for it')
    .option('--open-orders', 'cancel its open orders as well')
    .action(async (batch: string, request: { reason: string; author?: string; openOrders?: true }) => {
      await cli.withOrders((orders) => orders.batches.cancel(batch, request));
      cli.print(`Asked ${batch} to stop; it ends with the last of its open orders.`);
    });
}

interface StartOptions extends BatchOptions {
  name?: string;
  dryRun?: true;
}

/** One line each, as compilers write them. */
function describeFaults(file: string, faults: readonly Fault[]): string {
  const lines = faults.map(
    ({ line, column, remedy }) => `${file}:${line}  ${[column, remedy].filter(Boolean).join(' ')}`,
  );
  return [...lines, `${faults.length} to correct. Nothing was started.`].join('\n');
}

/** Redraws on a terminal; elsewhere prints the board only when it has changed. */
async function watch(cli: Cli, orders: NumberOrdersClient, batch: string): Promise<void> {
  let last = '';
  for (;;) {
    const view = await orders.batches.view(batch);
    const open: OrderSummary[] = [];
    if (cli.terminal.interactive) for await (const order of orders.list({ batch, open: true })) open.push(order);
    const board = renderBatch(view, open).map(printable).join('\n');
    if (cli.terminal.interactive)
      cli.terminal.out(`${HOME_AND_CLEAR}${board}\n\nCtrl-C ends watching, not the batch\n`);
    else if (board !== last) cli.print(...board.split('\n'), '');
    if (view.state === 'ENDED') return;
    last = board;
    await delay(REFRESH_MS);
  }
}

/** Nothing where this process has no settings for Sinch. */
async function printCost(cli: Cli, rows: readonly NumberOrderRequest[]): Promise<void> {
  const runs: DryRun[] = [];
  for (const row of rows) {
    const sinch = cli.sinchIfSet(row.project);
    if (sinch) runs.push(await dryRunOf(sinch, row));
  }
  cli.print(...renderDryRuns(runs, totalOf(runs.flatMap(({ numbers }) => numbers))));
  if (runs.some(({ numbers }) => numbers.length === 0)) cli.exitCode = 1;
}
