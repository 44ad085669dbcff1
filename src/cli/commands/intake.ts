import { once } from 'node:events';
import type { Command } from 'commander';
import { Histogram } from 'prom-client';
import { connectNumberOrders } from '../../client';
import { readClientSettings, readIntakeSettings } from '../../config/settings';
import { withMetrics } from '../../http/metrics';
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
      const { listen, log, quotas, metrics, ...settings } = readIntakeSettings(env);
      const clientSettings = readClientSettings(env);
      const logger = createLogger(log);
      const connected = await connectNumberOrders(clientSettings);
      try {
        await withMetrics(metrics, async (registry) => {
          const measured = new Histogram({
            name: 'number_orders_intake_request_seconds',
            help: 'Requests from people and services that submit KYC, by route',
            labelNames: ['method', 'route', 'status'],
            registers: [registry],
            buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 300],
          });
          const { taskQueue, store, encryptionKeys } = clientSettings;
          const intake = {
            ...settings,
            desk: new OrderDesk({ client: connected.temporal, taskQueue }),
            store: openStore(store, encryptionKeys),
            quotas: new Quotas(quotas),
            onRequest: (report: IntakeReport) => {
              const { method, route, status, milliseconds } = report;
              measured.observe({ method, route, status }, milliseconds / 1_000);
              logger[report.status < 500 ? 'info' : 'error']('Intake request', { ...report });
            },
          };
          const server = await serveIntake(intake, listen);
          logger.info('Intake is listening', { url: server.url });
          await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
          await server.close();
        });
      } finally {
        await connected.close();
      }
    });
}
