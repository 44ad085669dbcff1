import type { Command } from 'commander';
import { describeLeftBehind, InvalidRequestError, type NewAttemptOptions } from '../../client';
import { readRequest, type NumberOrderRequest } from '@number-orders/contract';
import type { Cli } from '../cli';
import { readJson } from '../read-json';
import { violationsOfRegion } from '../sold-regions';
import { toJson } from '../terminal';

export function addStartCommand(program: Command, cli: Cli): void {
  program
    .command('start <file>')
    .description('start the order that a JSON file describes, or attach to it ("-": stdin)')
    .option('--new-attempt', 'order again after an end that proves to have no numbers')
    .option('--force', 'with --new-attempt and --reason: though the last run may have bought numbers')
    .option('--author <name>', 'who forces it')
    .option('--reason <text>', 'why')
    .option('--reserve', 'wait for the reservation and print it')
    .option('--json', 'print JSON')
    .action(async (file: string, { reserve, json, ...again }: NewAttemptOptions & { reserve?: true; json?: true }) => {
      // The client validates it and names every field that is wrong.
      const request = (await readJson(cli.terminal, file)) as NumberOrderRequest;
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

/** Before anything starts; a request that is malformed is the client's to refuse. @throws {InvalidRequestError} */
async function refuseUnsold(cli: Cli, request: NumberOrderRequest): Promise<void> {
  const { value } = readRequest(request);
  const sinch = cli.sinchIfSet();
  if (!sinch || !value) return;
  const violations = await violationsOfRegion(sinch, value);
  if (violations.length > 0) throw new InvalidRequestError(violations);
}
