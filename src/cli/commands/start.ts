import type { Command } from 'commander';
import { describeLeftBehind, InvalidRequestError, type NewAttemptOptions } from '../../client';
import { readRequest, type NumberOrderRequest, type PriceLimit } from '@number-orders/contract';
import type { Cli } from '../cli';
import { dryRunOf } from '../dry-run';
import { renderDryRun } from '../render-dry-run';
import { readJson } from '../read-json';
import { violationsOfRegion } from '../sold-regions';
import { toJson } from '../terminal';

interface StartCommandOptions extends NewAttemptOptions {
  currency?: string;
  maxSetup?: string;
  maxMonthly?: string;
  dryRun?: true;
  reserve?: true;
  json?: true;
}

export function addStartCommand(program: Command, cli: Cli): void {
  program
    .command('start <file>')
    .description('start the order that a JSON file describes, or attach to it ("-": stdin)')
    .option('--max-setup <amount>', 'overrides priceLimit.setup of the file: the highest set-up price of one number')
    .option('--max-monthly <amount>', 'overrides priceLimit.monthly: the highest monthly price of one number')
    .option('--currency <code>', 'overrides priceLimit.currencyCode, such as EUR')
    .option('--dry-run', 'only print what would be reserved now and its price; nothing is started')
    .option('--new-attempt', 'order again after an end that proves that no number was bought')
    .option('--force', 'with --new-attempt and --reason: order even if the last run may have bought numbers')
    .option('--author <name>', 'who forces it')
    .option('--reason <text>', 'why')
    .option('--reserve', 'wait for the reservation and print it')
    .option('--json', 'print JSON')
    .action(async (file: string, options: StartCommandOptions) => {
      const { reserve, json, dryRun, currency, maxSetup, maxMonthly, ...again } = options;
      // The client validates it and names every field that is wrong.
      const request = withPriceLimit(await readJson(cli.terminal, file), {
        currencyCode: currency,
        setup: maxSetup,
        monthly: maxMonthly,
      });
      if (dryRun) {
        await printDryRun(cli, request, json);
        return;
      }
      await refuseUnsold(cli, request);
      await cli.withOrders(async (orders) => {
        const started = await orders.start(request, again);
        const { attached, workflowId, runId, leftBehind } = started;
        if (leftBehind && !json) cli.print(`Left behind: ${describeLeftBehind(leftBehind)}`);
        if (!reserve) {
          if (json) cli.terminal.out(toJson(started));
          else cli.print(`${attached ? 'Attached to' : 'Started'} ${workflowId} (run ${runId})`);
          return;
        }
        const reservation = await orders.reserve(request);
        if (json) {
          cli.terminal.out(toJson({ ...started, reservation }));
          return;
        }
        const { stage, phoneNumbers, expireTime } = reservation;
        const until = expireTime === undefined ? '' : `, until ${expireTime}`;
        cli.print(`${request.reference}  ${stage}  ${phoneNumbers.join(', ')}${until}`);
      });
    });
}

/** The command line's limit overrides the file's. */
function withPriceLimit(document: unknown, said: Record<string, string | undefined>): NumberOrderRequest {
  const limit = Object.entries(said).filter(([, value]) => value !== undefined);
  if (limit.length === 0) return document as NumberOrderRequest;
  const request = (document ?? {}) as NumberOrderRequest;
  return { ...request, priceLimit: { ...request.priceLimit, ...Object.fromEntries(limit) } as PriceLimit };
}

async function printDryRun(cli: Cli, asked: NumberOrderRequest, json: true | undefined): Promise<void> {
  const { value: request, violations } = readRequest(asked);
  if (violations) throw new InvalidRequestError(violations);
  await refuseUnsold(cli, request);
  const dryRun = await dryRunOf(cli.sinch(request.project), request);
  if (dryRun.numbers.length === 0) cli.exitCode = 1;
  if (json) cli.terminal.out(toJson(dryRun));
  else cli.print(...renderDryRun(dryRun));
}

/** Called before anything starts. A malformed request is refused by the client. @throws {InvalidRequestError} */
async function refuseUnsold(cli: Cli, request: NumberOrderRequest): Promise<void> {
  const { value } = readRequest(request);
  const sinch = value && cli.sinchIfSet(value.project);
  if (!sinch) return;
  const violations = await violationsOfRegion(sinch, value);
  if (violations.length > 0) throw new InvalidRequestError(violations);
}
