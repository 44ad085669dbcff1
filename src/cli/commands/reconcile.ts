import type { Command } from 'commander';
import type { Cli } from '../cli';
import { reconcile, type Reconciliation } from '../reconcile';
import { toJson } from '../terminal';

export function addReconcileCommand(program: Command, cli: Cli): void {
  program
    .command('reconcile')
    .description('compare the numbers that Sinch has sold with the orders in Temporal; exits 1 on a difference')
    .option('--project <name>', 'a Sinch project of SINCH_PROJECTS; the default one when left out')
    .option('--json', 'print JSON')
    .action(async ({ project, json }: { project?: string; json?: true }) => {
      const sinch = cli.sinch(project);
      const found = await cli.withOrders((orders) => reconcile(sinch, orders, project));
      if (found.unknown.length > 0 || found.gone.length > 0) cli.exitCode = 1;
      if (json) cli.terminal.out(toJson(found));
      else cli.print(...render(found));
    });
}

function render({ known, unknown, gone }: Reconciliation): string[] {
  return [
    `Bought and known: ${known.length}`,
    `Bought and unknown: ${unknown.length}`,
    ...unknown.map(({ phoneNumber, perhapsOf }) =>
      [`  ${phoneNumber}`, ...(perhapsOf === undefined ? [] : [`by its callback URL of ${perhapsOf}`])].join('  '),
    ),
    `Known and gone: ${gone.length}`,
    ...gone.map(({ phoneNumber, reference }) => `  ${phoneNumber}  of ${reference}`),
  ];
}
