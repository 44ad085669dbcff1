import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor, type GrpcRetryOptions } from '@temporalio/client';

const RESOURCE_EXHAUSTED = 8;
/** Some seconds: callers who wait are answered within them. */
const TRIES_WHILE_BUSY = 3;

/** Temporal says so in words alone; its other limits have the same code. */
export function saysTooManyUpdates({ code, details }: { code: number; details: string }): boolean {
  return code === RESOURCE_EXHAUSTED && details.includes('in-flight updates');
}

/**
 * The SDK's own retries, but for one thing: they repeat a call that comes to a busy order until its time is over, and nobody
 * learns why there was no answer.
 */
export function grpcRetries() {
  const usual = defaultGrpcRetryOptions();
  const retryableDecider: GrpcRetryOptions['retryableDecider'] = (attempt, status) =>
    usual.retryableDecider(attempt, status) && !(attempt >= TRIES_WHILE_BUSY && saysTooManyUpdates(status));
  return makeGrpcRetryInterceptor({ ...usual, retryableDecider });
}
