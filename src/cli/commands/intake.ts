import { once } from 'node:events';
import type { Command } from 'commander';
import { connectNumberOrders } from '../../client';
import { readClientSettings, readIntakeSettings } from '../../config/settings';
import type { IntakeReport } from '../../intake/http/intake';
import { OrderDesk } from '../../intake/order/order-desk';
import { Quotas } from '../../intake/order/quotas';
import { serveIntake } from '../../intake/serve';
import { openStore } from '../../store/open-store';
import { createLogger } from '../../logging/logger';
import type { Cli } from '../cli';

export function addIntakeCommand(program: Command, cli: Cli): void {
  program
    .command('intake')
    .description('serve the page where people fill in KYC, configured by the environment, until SIGTERM or SIGINT')
    .action(async () => {
      const { env } = cli.terminal;
      const { listen, log, quotas, ...settings } = readIntakeSettings(env);
      const clientSettings = readClientSettings(env);
      const logger = createLogger(log);
      const connected = await connectNumberOrders(clientSettings);
      try {
        const { taskQueue, store, encryptionKeys } = clientSettings;
        const intake = {
          ...settings,
          desk: new OrderDesk({ client: connected.temporal, taskQueue }),
          store: openStore(store, encryptionKeys),
          quotas: new Quotas(quotas),
          onRequest: (report: IntakeReport) => {
            logger[report.status < 500 ? 'info' : 'error']('Intake request', { ...report });
          },
        };
        const server = await serveIntake(intake, listen);
        logger.info('Intake is listening', { url: server.url });
        await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
        await server.close();
      } finally {
        await connected.close();
      }
    });
}
