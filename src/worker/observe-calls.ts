import { log } from '@temporalio/activity';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { CallReport, OnCall } from '../sinch';
import { callRecorder } from './metrics';

/** Records a metric, a span and a log line for every call to Sinch that an activity makes for a project. */
export function observeCalls(project = 'default'): OnCall {
  const record = callRecorder();
  return (call) => {
    const { operation, correlationId, durationMs, status, failure } = call;
    record({ operation, result: resultOf(call), project }, durationMs);
    addSpan(call);
    log.debug('Sinch was called', {
      operation,
      project,
      correlationId,
      durationMs: Math.round(durationMs),
      ...(status !== undefined && { status }),
      ...(failure && { failure }),
    });
  };
}

/** A call without a status that did not fail at Sinch: an upload whose document could not be read. */
function resultOf({ status, failure }: CallReport): string {
  return failure ?? (status === undefined ? 'AttachmentUnreadable' : 'ok');
}

/** Created afterwards: the report runs in the activity's context, so the span finds its parent there. */
function addSpan(call: CallReport): void {
  const { operation, correlationId, durationMs, status } = call;
  const result = resultOf(call);
  const endTime = Date.now();
  const span = trace.getTracer('number-orders').startSpan(`Sinch:${operation}`, {
    kind: SpanKind.CLIENT,
    startTime: endTime - durationMs,
    // Neither URL nor body: both can hold phone numbers and KYC.
    attributes: {
      'sinch.operation': operation,
      'sinch.correlation_id': correlationId,
      ...(status !== undefined && { 'http.response.status_code': status }),
      ...(result !== 'ok' && { 'error.type': result }),
    },
  });
  if (result !== 'ok') span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(endTime);
}
