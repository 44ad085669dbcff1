import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { NumberOrdersClient, OrderSummary } from '../../client';
import { parseDuration, type Stage } from '@number-orders/contract';
import type { Cli } from '../cli';
import { renderOrder, renderResult } from '../render-order';
import { printable, toJson } from '../terminal';
import { UsageError } from '../usage-error';

const REFRESH_MS = 1_000;
const HOME_AND_CLEAR = '\u001b[H\u001b[2J';

export function addFollowCommands(program: Command, cli: Cli): void {
  program
    .command('status <reference>')
    .description('show what an order is doing')
    .option('--json', 'print JSON')
    .action(async (reference: string, { json }: { json?: true }) => {
      const view = await cli.withOrders((orders) => orders.order(reference));
      if (json) cli.terminal.out(toJson(view));
      else cli.print(...renderOrder(view, new Date()));
    });

  program
    .command('watch <reference>')
    .description('follow an order live until it ends')
    .action((reference: string) => cli.withOrders((orders) => watch(cli, orders, reference)));

  program
    .command('result <reference>')
    .description('wait for the end of an order and print its result')
    .option('--json', 'print JSON')
    .action(async (reference: string, { json }: { json?: true }) => {
      const result = await cli.withOrders((orders) => orders.result(reference));
      if (json) cli.terminal.out(toJson(result));
      else cli.print(...renderResult(result));
    });

  program
    .command('list')
    .description('list orders, newest first')
    .option('--stage <stage>', 'only those at a stage, or with an outcome')
    .option('--region <code>', 'only those of a region, such as AU')
    .option('--project <name>', 'only those of a named Sinch project')
    .option('--due-within <time>', "only open ones whose reservation lapses within a time, such as '6 hours'", later)
    .option('--open', 'only those that have not ended')
    .option('--json', 'print a JSON list')
    .action(async ({ json, dueWithin: expiresBefore, ...options }: ListOptions) => {
      const filter = { ...options, ...(expiresBefore && { expiresBefore }) };
      const found = await cli.withOrders(async (orders) => {
        const summaries: OrderSummary[] = [];
        for await (const summary of orders.list(filter)) summaries.push(summary);
        return summaries;
      });
      if (json) cli.terminal.out(toJson(found));
      else if (found.length === 0) cli.print('No orders.');
      else cli.print(...renderList(found));
    });
}

interface ListOptions {
  /** The client says which stages there are. */
  stage?: Stage;
  region?: string;
  project?: string;
  dueWithin?: Date;
  open?: true;
  json?: true;
}

function later(duration: string): Date {
  const ms = parseDuration(duration);
  if (ms === undefined) throw new UsageError("--due-within must be a time such as '6 hours' or '90 minutes'.");
  return new Date(Date.now() + ms);
}

/** Redraws on a terminal; elsewhere prints the board only when it has changed. */
async function watch(cli: Cli, orders: NumberOrdersClient, reference: string): Promise<void> {
  const end = orders.result(reference);
  const ended = end.then(
    () => true,
    () => true,
  );
  let last = '';
  let open = true;
  while (open) {
    const now = new Date();
    const board = renderOrder(await orders.order(reference), now)
      .map(printable)
      .join('\n');
    if (cli.terminal.interactive)
      cli.terminal.out(
        `${HOME_AND_CLEAR}${board}\n\n${now.toLocaleTimeString()}, Ctrl-C ends watching, not the order\n`,
      );
    else if (board !== last) cli.print(...board.split('\n'), '');
    last = board;
    open = !(await Promise.race([ended, delay(REFRESH_MS, false)]));
  }
  cli.print('', ...renderResult(await end));
}

function renderList(found: OrderSummary[]): string[] {
  // Shown only if there is more than the default project.
  const named = found.some(({ project }) => project !== undefined);
  const rows = found.map(({ reference, stage, status, regionCode, project, expireTime, startTime }) => [
    reference,
    // A failed or terminated order has no outcome.
    status === 'RUNNING' || status === 'COMPLETED' ? (stage ?? status) : status,
    regionCode ?? '',
    ...(named ? [project ?? ''] : []),
    startTime,
    expireTime ?? '',
  ]);
  const table = [['REFERENCE', 'STAGE', 'REGION', ...(named ? ['PROJECT'] : []), 'STARTED', 'LAPSES'], ...rows];
  const widths = table[0]?.map((_title, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
