import type { Logger } from '@temporalio/common';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { metricsOptions } from './metrics';

/**
 * Temporal's runtime, one for each process, with its logger and metrics endpoint.
 * @param labels of every metric
 * @throws {Error} when the address of the metrics cannot be listened on
 */
export function installRuntime(
  logger: Logger,
  metrics?: { host: string; port: number },
  labels: Record<string, string> = {},
): void {
  const logging = { filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }), forward: {} };
  try {
    Runtime.install({
      logger,
      telemetryOptions: { logging, ...(metrics && { metrics: metricsOptions(metrics, labels) }) },
    });
  } catch (cause) {
    if (!metrics) throw cause;
    throw new Error(
      `The metrics endpoint cannot listen on ${metrics.host}:${metrics.port}: set NUMBER_ORDERS_METRICS_ADDRESS to another host:port, or off.`,
      { cause },
    );
  }
}

/** Temporal's runtime without logs: messages of a failing replay may contain payloads. */
export function silenceRuntime(): void {
  const logging = { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} };
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: { logging } });
}
