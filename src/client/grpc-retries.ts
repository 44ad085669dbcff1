import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor, type GrpcRetryOptions } from '@temporalio/client';

const RESOURCE_EXHAUSTED = 8;
/** Some seconds: waiting callers are answered within them. */
const TRIES_WHILE_BUSY = 3;

/** Temporal's message. Its other limits have the same code. */
export function saysTooManyUpdates({ code, details }: { code: number; details: string }): boolean {
  return code === RESOURCE_EXHAUSTED && details.includes('in-flight updates');
}

/** The SDK's own retries, except for a busy order: they would repeat that call until it times out, and hide the reason. */
export function grpcRetries() {
  const usual = defaultGrpcRetryOptions();
  const retryableDecider: GrpcRetryOptions['retryableDecider'] = (attempt, status) =>
    usual.retryableDecider(attempt, status) && !(attempt >= TRIES_WHILE_BUSY && saysTooManyUpdates(status));
  return makeGrpcRetryInterceptor({ ...usual, retryableDecider });
}
