import type { Logger, LogLevel, LogMetadata } from '@temporalio/common';
import { pino, type Level } from 'pino';
import pretty from 'pino-pretty';
import type { LogSettings } from '../config/settings';
import { redacted } from './redaction';

/** A logger for Temporal's runtime, and so for workflows and activities: JSON for machines, pretty on a terminal. */
export function createLogger(
  { level, format = process.stdout.isTTY ? 'pretty' : 'json' }: LogSettings,
  destination: NodeJS.WritableStream = process.stdout,
): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const stream = format === 'pretty' ? pretty({ destination, ignore: 'sdkComponent,taskToken' }) : destination;
  const sink = pino(options, stream);
  const at = (severity: Level) => (message: string, meta?: LogMetadata) => {
    // Redacting is expensive, and most of Temporal's messages are below the level.
    if (sink.isLevelEnabled(severity)) sink[severity](redacted(meta ?? {}), message);
  };
  return {
    log: (severity: LogLevel, message: string, meta?: LogMetadata) => {
      at(severity.toLowerCase() as Level)(message, meta);
    },
    trace: at('trace'),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
