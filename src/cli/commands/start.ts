import type { Command } from 'commander';
import type { NumberOrderRequest } from '../../contract';
import type { Cli } from '../cli';
import { readJson } from '../read-json';
import { toJson } from '../terminal';

export function addStartCommand(program: Command, cli: Cli): void {
  program
    .command('start <file>')
    .description('start the order that a JSON file describes, or attach to it ("-": stdin)')
    .option('--new-attempt', 'order again after an end without numbers')
    .option('--reserve', 'wait for the reservation and print it')
    .option('--json', 'print JSON')
    .action(async (file: string, options: { newAttempt?: true; reserve?: true; json?: true }) => {
      // The client validates it and names every field that is wrong.
      const request = (await readJson(cli.terminal, file)) as NumberOrderRequest;
      await cli.withOrders(async (orders) => {
        const started = await orders.start(request, { newAttempt: options.newAttempt ?? false });
        if (!options.reserve) {
          if (options.json) cli.terminal.out(toJson(started));
          else
            cli.print(`${started.attached ? 'Attached to' : 'Started'} ${started.workflowId} (run ${started.runId})`);
          return;
        }
        const reservation = await orders.reserve(request);
        if (options.json) {
          cli.terminal.out(toJson({ ...started, reservation }));
          return;
        }
        const { stage, phoneNumbers, expireTime } = reservation;
        const until = expireTime === undefined ? '' : `, until ${expireTime}`;
        cli.print(`${request.reference}  ${stage}  ${phoneNumbers.join(', ')}${until}`);
      });
    });
}
