import { defaultPayloadConverter, type Headers, type Payload } from '@temporalio/common';
import type { WorkflowInboundCallsInterceptor } from '@temporalio/workflow';

/** Under which OpenTelemetry's interceptors put the trace that a message belongs to. */
const TRACE_HEADER = '_tracer-data';

/**
 * Hands on of a sender's trace what can be read, and nothing else: OpenTelemetry throws at what it cannot read, before any
 * handler, and one such signal would wedge its order for good.
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

/** As the W3C's Trace Context has it: a trace needs no more. */
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
