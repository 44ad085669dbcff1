import { defaultPayloadConverter, type Headers, type Payload } from '@temporalio/common';
import type { WorkflowInboundCallsInterceptor } from '@temporalio/workflow';

/** The header in which OpenTelemetry's interceptors put a message's trace. */
const TRACE_HEADER = '_tracer-data';

/**
 * Passes on only the readable part of a sender's trace. OpenTelemetry throws at the rest before any handler runs, and one such
 * signal would wedge its order permanently.
 */
export const readableTraces: WorkflowInboundCallsInterceptor = {
  execute: (input, next) => next(withReadableTrace(input)),
  handleSignal: (input, next) => next(withReadableTrace(input)),
  handleQuery: (input, next) => next(withReadableTrace(input)),
  validateUpdate: (input, next) => next(withReadableTrace(input)),
  handleUpdate: (input, next) => next(withReadableTrace(input)),
};

function withReadableTrace<Input extends { readonly headers: Headers }>(input: Input): Input {
  const { [TRACE_HEADER]: trace, ...headers } = input.headers;
  if (!trace) return input;
  const readable = { [TRACE_HEADER]: defaultPayloadConverter.toPayload(traceIn(trace)) };
  return { ...input, headers: { ...headers, ...readable } };
}

/** The format of W3C Trace Context. A trace needs no more. */
function traceIn(payload: Payload): { traceparent?: string; tracestate?: string } {
  try {
    const { traceparent, tracestate } = defaultPayloadConverter.fromPayload<Record<string, unknown>>(payload);
    return {
      ...(typeof traceparent === 'string' && { traceparent }),
      ...(typeof tracestate === 'string' && { tracestate }),
    };
  } catch {
    return {};
  }
}
