import { isNativeError } from 'node:util/types';
import type { Logger, LogLevel, LogMetadata } from '@temporalio/common';
import { pino, type Level } from 'pino';
import pretty from 'pino-pretty';
import type { LogSettings } from '../config/settings';

/** A logger for Temporal's runtime, and so for workflows and activities: JSON for machines, pretty on a terminal. */
export function createLogger(
  { level, format = process.stdout.isTTY ? 'pretty' : 'json' }: LogSettings,
  destination: NodeJS.WritableStream = process.stdout,
): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const stream = format === 'pretty' ? pretty({ destination, ignore: 'sdkComponent' }) : destination;
  const sink = pino(options, stream);
  const at = (severity: Level) => (message: string, meta?: LogMetadata) => {
    sink[severity](withoutDetails(meta), message);
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

/** Details of a failure may echo KYC, and its message may not: of an error only type, message and stack are logged. */
function withoutDetails(meta: LogMetadata = {}): LogMetadata {
  return Object.fromEntries(
    Object.entries(meta).map(([key, value]) => [key, isNativeError(value) ? plainError(value) : value]),
  );
}

function plainError(error: Error & { type?: unknown }) {
  const { name, message, stack } = error;
  return { name, ...(typeof error.type === 'string' && { type: error.type }), message, stack };
}
