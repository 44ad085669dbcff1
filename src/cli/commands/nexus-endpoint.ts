import type { Command } from 'commander';
import { NEXUS_ENDPOINT } from '@number-orders/contract';
import { connectNumberOrders } from '../../client';
import { readClientSettings } from '../../config/settings';
import { createNexusEndpoint } from '../../nexus/endpoint';
import type { Cli } from '../cli';

export function addNexusEndpointCommand(program: Command, cli: Cli): void {
  program
    .command('nexus-endpoint')
    .description('have workflows of other namespaces order by Nexus; once, and again is safe')
    .option('--name <name>', 'of the endpoint', NEXUS_ENDPOINT)
    .action(async ({ name }: { name: string }) => {
      const settings = readClientSettings(cli.terminal.env);
      const connected = await connectNumberOrders(settings);
      try {
        const done = await createNexusEndpoint(connected.temporal, name, settings.taskQueue);
        const where = `${settings.temporal.namespace}/${settings.taskQueue}`;
        cli.print(`Nexus endpoint ${name} ${done === 'created' ? 'created' : 'is there'}: it leads to ${where}.`);
      } finally {
        await connected.close();
      }
    });
}
