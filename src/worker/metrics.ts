import { version } from '../../package.json';
import { Runtime, type MetricsExporterConfig } from '@temporalio/worker';
import type { MetricName } from '../workflows/display/metric-names';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Reservations last from 30 minutes to 48 hours. */
const RESERVATION_BUCKETS = [1, 10, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE].concat(
  [1, 2, 4, 8, 12, 24, 36, 48].map((hours) => hours * HOUR),
);
/** Requests time out after 30 seconds, uploads after 5 minutes. */
const CALL_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, MINUTE, 5 * MINUTE];

const API_CALL_METRIC = 'number_orders_sinch_call_seconds';

const UNKNOWN_PROJECT_METRIC = 'number_orders_unknown_project_calls_total';

const BUCKETS: Partial<Record<MetricName | typeof API_CALL_METRIC, number[]>> = {
  number_orders_reservation_to_submit_seconds: RESERVATION_BUCKETS,
  number_orders_time_left_at_submit_seconds: RESERVATION_BUCKETS,
  [API_CALL_METRIC]: CALL_BUCKETS,
};

/** Labels of every series: the build. */
export const buildLabels = (deployment?: { name: string; buildId: string }) => ({
  version,
  ...(deployment && { deployment: deployment.name, build_id: deployment.buildId }),
});

/** The SDK serves its own metrics and ours at `/metrics`; durations of both are in seconds, as usual for Prometheus. */
export function metricsOptions(
  { host, port }: { host: string; port: number },
  labels: Record<string, string>,
): MetricsExporterConfig {
  const bindAddress = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return {
    prometheus: { bindAddress, useSecondsForDurations: true, histogramBucketOverrides: BUCKETS },
    attachServiceName: false,
    globalTags: labels,
  };
}

export type RecordCall = (labels: { operation: string; result: string; project: string }, durationMs: number) => void;

/** Uses the runtime's meter, without an activity's labels: each would multiply the time series. */
export function callRecorder(): RecordCall {
  const description = 'Calls to the Sinch API, including the token endpoint';
  const histogram = Runtime.instance().metricMeter.createHistogram(API_CALL_METRIC, 'float', 's', description);
  return (labels, durationMs) => histogram.record(durationMs / 1_000, labels);
}

/**
 * Counts calls that cannot be made because the worker has no settings of their project. The project's name comes from outside, so
 * it is not a label.
 */
export function unknownProjectCounter(): () => void {
  const description = 'Calls for a Sinch project that the worker has no settings of';
  const counter = Runtime.instance().metricMeter.createCounter(UNKNOWN_PROJECT_METRIC, undefined, description);
  return () => {
    counter.add(1);
  };
}
