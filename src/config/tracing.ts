import { ConfigurationError } from './configuration-error';
import { invisibleInFamily } from './invisible';
import { goesInPlain, readSettings, type Environment } from './read-settings';
import type { TracingSettings } from './types';

const TRACING = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  'OTEL_SDK_DISABLED',
  'OTEL_TRACES_EXPORTER',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
] as const;

/**
 * Where traces go, by OpenTelemetry's own variables: those for traces override the general ones. Undefined: nowhere. Unsupported
 * values are refused only if there would be traces.
 * @throws {ConfigurationError}
 */
export function readTracingSettings(env: Environment): TracingSettings | undefined {
  const values = readSettings(env, TRACING);
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: tracesEndpoint } = values;
  const url = tracesEndpoint ?? (endpoint && `${endpoint.replace(/\/+$/, '')}/v1/traces`);
  if (!url || values.OTEL_SDK_DISABLED || values.OTEL_TRACES_EXPORTER === 'none') return undefined;
  const problems = invisibleInFamily(env, 'OTEL_');
  if (values.OTEL_TRACES_EXPORTER !== 'otlp') {
    problems.push('OTEL_TRACES_EXPORTER must be otlp, or none for no traces: the worker has no other exporter');
  }
  const protocol = values.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL
    ? 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'
    : 'OTEL_EXPORTER_OTLP_PROTOCOL';
  if (values[protocol] !== 'http/protobuf') {
    problems.push(
      `${protocol} must be http/protobuf, the only one that the worker supports: use the receiver's endpoint for it, usually port 4318`,
    );
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { url, inPlain: goesInPlain(env, url) };
}
