import { once } from 'node:events';
import type { Command } from 'commander';
import { Counter } from 'prom-client';
import { authenticator } from '../../codec-server/authenticate';
import { createCodecServer, type CodecReport } from '../../codec-server/codec-server';
import { readCodecServerSettings } from '../../config/settings';
import { withMetrics } from '../../http/metrics';
import { serveApp } from '../../http/serve-app';
import { createLogger } from '../../logging/logger';
import type { Cli } from '../cli';

export function addCodecCommand(program: Command, cli: Cli): void {
  program
    .command('codec')
    .description(
      'decrypt payloads for the Temporal Web UI and CLI, configured by the environment, until SIGTERM or SIGINT',
    )
    .action(async () => {
      const { keys, listen, origin, metrics, log, ...access } = readCodecServerSettings(cli.terminal.env);
      const logger = createLogger(log);
      await withMetrics(metrics, async (registry) => {
        const counted = new Counter({
          name: 'number_orders_codec_requests_total',
          help: 'Requests to decrypt or encrypt, by outcome',
          labelNames: ['result'],
          registers: [registry],
        });
        const app = createCodecServer({
          keys,
          authenticate: authenticator(access),
          ...(origin !== undefined && { origin }),
          onRequest: (report) => {
            counted.inc({ result: report.result });
            logger[severityOf(report)]('Codec request', { ...report });
          },
        });
        const server = await serveApp(app, listen);
        logger.info('Codec server is listening', { url: server.url });
        await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
        await server.close();
      });
    });
}

function severityOf({ result }: CodecReport): 'debug' | 'info' | 'warn' | 'error' {
  if (result === 'not available') return 'error';
  return result === 'done' ? 'info' : 'warn';
}
