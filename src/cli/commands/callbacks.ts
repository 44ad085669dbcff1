import { once } from 'node:events';
import type { Command } from 'commander';
import { Counter } from 'prom-client';
import type { CallbackReport } from '../../callbacks/receiver';
import { startCallbackReceiver } from '../../callbacks/serve';
import { orderSignaller } from '../../callbacks/signal-order';
import { withMetrics } from '../../http/metrics';
import { reachesTemporal } from '../../http/probes';
import { connectNumberOrders } from '../../client';
import { readCallbackReceiverSettings, readClientSettings } from '../../config/settings';
import { createLogger } from '../../logging/logger';
import type { Cli } from '../cli';

export function addCallbacksCommand(program: Command, cli: Cli): void {
  program
    .command('callbacks')
    .description("receive Sinch's callbacks, configured by the environment, until SIGTERM or SIGINT")
    .action(async () => {
      const { env } = cli.terminal;
      const settings = readCallbackReceiverSettings(env);
      const logger = createLogger(settings.log);
      const connected = await connectNumberOrders(readClientSettings(env));
      try {
        await withMetrics(settings.metrics, async (registry) => {
          const counted = new Counter({
            name: 'number_orders_callbacks_total',
            help: 'Callbacks, by outcome',
            labelNames: ['result'],
            registers: [registry],
          });
          const receiver = await startCallbackReceiver({
            hostname: settings.listen.host,
            port: settings.listen.port,
            secret: settings.secret,
            projectSecrets: settings.projectSecrets,
            ...(settings.senders && { allowedAddresses: settings.senders }),
            trustedProxies: settings.trustedProxies,
            signalOrder: orderSignaller(connected.temporal),
            reachesTemporal: () => reachesTemporal(connected.temporal),
            onCallback: (report) => {
              counted.inc({ result: report.result });
              logger[severityOf(report)]('Callback', { ...report });
            },
          });
          logger.info('Callback receiver is listening', { url: receiver.url });
          await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
          await receiver.close();
        });
      } finally {
        await connected.close();
      }
    });
}

/**
 * Forged callbacks come with every public address. Operators need to see those from Sinch that were not delivered. Callbacks for
 * an order that Temporal does not have may be needed after a restore.
 */
function severityOf({ result }: CallbackReport): 'debug' | 'info' | 'warn' | 'error' {
  if (result === 'not delivered') return 'error';
  if (result === 'malformed' || result === 'too large' || result === 'forged') return 'warn';
  return result === 'signalled' || result === 'unknown' ? 'info' : 'debug';
}
