import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import {
  FAILURES,
  keptViolations,
  type FailureDetails,
  type FailureType,
  type Violation,
} from '@number-orders/contract';
import { UNDECODABLE_PAYLOAD_ERROR } from '../../data-converter/undecodable';

/** A failed call, as the registry names it. */
export interface CallFailure {
  type: FailureType;
  message: string;
  violations: Violation[];
  /** Sinch's own message. It can echo KYC. */
  said?: string;
  /** The HTTP status, when Sinch answered. */
  status?: number;
  retryAfterMs?: number;
  /** Nothing was sent now; the order may have made this call before. */
  earlier?: true;
}

const timedOutBeforeItStarted = (cause: unknown) =>
  cause instanceof TimeoutFailure && cause.timeoutType === 'SCHEDULE_TO_START';

/** The worker lacked the key to read its arguments, so it did nothing. Another worker may have the key. */
const neverBegun = ({ type }: ApplicationFailure) => type === UNDECODABLE_PAYLOAD_ERROR;

/** A failure that the registry does not know proves nothing about the call. */
function typeOf(cause: ApplicationFailure): FailureType {
  if (neverBegun(cause)) return 'SinchUnavailable';
  return Object.hasOwn(FAILURES, cause.type ?? '') ? (cause.type as FailureType) : 'SinchOutcomeUnknown';
}

/** A local activity's failure comes as it is; a regular one's is wrapped. */
function causeOf(error: unknown): unknown {
  if (error instanceof ActivityFailure) return error.cause;
  if (error instanceof ApplicationFailure || error instanceof TimeoutFailure) return error;
  throw error;
}

/** An operator can fail an activity by hand, with any details. */
function detailsOf({ details }: ApplicationFailure): Omit<CallFailure, 'type' | 'message'> {
  const { violations, said, status, retryAfterMs, earlier } = (details?.[0] ?? {}) as Partial<
    Record<keyof FailureDetails, unknown>
  >;
  const isViolation = (each: unknown) =>
    ['field', 'description'].every(
      (name) => typeof (each as Partial<Record<string, unknown>> | null)?.[name] === 'string',
    );
  return {
    violations: Array.isArray(violations) ? keptViolations(violations.filter(isViolation) as Violation[]) : [],
    ...(typeof said === 'string' && { said }),
    ...(typeof status === 'number' && { status }),
    ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
    ...(earlier === true && { earlier }),
  };
}

/**
 * What a failed activity says about its call. A worker that died during the call leaves a time-out, not a typed failure.
 * The outcome is unknown unless the failure proves otherwise. Any other error is rethrown.
 */
export function callFailureOf(error: unknown): CallFailure {
  const cause = causeOf(error);
  if (cause instanceof ApplicationFailure && cause.type) {
    return { type: typeOf(cause), message: cause.message, ...detailsOf(cause) };
  }
  const type: FailureType = timedOutBeforeItStarted(cause) ? 'SinchUnavailable' : 'SinchOutcomeUnknown';
  return { type, message: 'The call did not complete', violations: [] };
}

/** What Sinch said, for the sender: the wrong fields, or else its message as a violation of `what`. */
export function wordsOf({ violations, said }: CallFailure, what: string): Violation[] {
  if (violations.length > 0 || said === undefined) return violations;
  return [{ field: what, description: said }];
}

/** A failure's name for notices: never Sinch's own words. */
export function nameOf({ type, status }: CallFailure): string {
  return status === undefined ? type : `${type}, Sinch answered ${status}`;
}

/** A failed call as the failure of the order. Any other error is a bug, and is rethrown. */
export function asFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  return failureOfOrder(callFailureOf(error));
}

/** What Sinch said stays in the details, which are encrypted. */
export function failureOfOrder(failure: CallFailure): ApplicationFailure {
  const { type, message, status } = failure;
  const violations = wordsOf(failure, 'order');
  return ApplicationFailure.create({
    type,
    message,
    nonRetryable: true,
    details: [{ violations, ...(status !== undefined && { status }) } satisfies FailureDetails],
  });
}
