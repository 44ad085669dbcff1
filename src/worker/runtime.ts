import type { Logger } from '@temporalio/common';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { metricsOptions } from './metrics';

/**
 * Temporal's runtime, one for a process: where its logs go, and the endpoint of metrics.
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

/** Temporal's runtime where it must not say anything: what it tells of a replay that fails may hold payloads. */
export function silenceRuntime(): void {
  const logging = { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} };
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined), telemetryOptions: { logging } });
}
