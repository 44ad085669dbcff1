import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { keptViolations, type FailureDetails, type FailureType } from '@number-orders/contract';
import { AttachmentSizeMismatch, SinchError } from '../sinch';
import { AttachmentUnreadableError } from '../store/attachment-store';

/** Wrong credentials or unreadable answers are not fixed within seconds. */
const SLOW_RETRY_MS = 5 * 60_000;

/** A mistake in one header must not stop an order forever. */
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

const TRANSIENT: readonly FailureType[] = ['SinchRateLimited', 'SinchUnavailable'];

/**
 * How a failed call is handled.
 * - `beforeReservation`: failing loses nothing, so a permanent failure fails at once.
 * - `read`: an order depends on the answer, so only "there is no such thing" ends it.
 * - `send`: repeatable, but a refusal by Sinch goes back to the sender.
 * - `once`: never repeated by Temporal; "possibly processed" becomes `SinchOutcomeUnknown`.
 * - `bought`: repeatable, and retried after any answer: right after a purchase Sinch may not know the number yet.
 */
export type CallKind = 'beforeReservation' | 'read' | 'send' | 'once' | 'bought';

/** The meaning of a failed call for an order, and whether Temporal retries it. */
export interface Meaning {
  type: FailureType;
  retried: boolean;
}

function failureTypeOf({ type, status, possiblyProcessed }: Failed, kind: CallKind): FailureType {
  if (kind === 'once' && possiblyProcessed) return 'SinchOutcomeUnknown';
  // It is also unknown whether the number is gone.
  if (kind === 'read' && status === 410 && type === 'SinchInvalidArgument') return 'SinchNotFound';
  return type;
}

function isRetried(type: FailureType, kind: CallKind): boolean {
  switch (kind) {
    case 'once':
      return false;
    case 'beforeReservation':
      return TRANSIENT.includes(type);
    case 'send':
      // A key rotation must not kill every open order.
      return TRANSIENT.includes(type) || type === 'SinchUnauthorized';
    case 'read':
      return type !== 'SinchNotFound';
    case 'bought':
      return true;
  }
}

type Failed = Pick<SinchError, 'type' | 'status' | 'possiblyProcessed'>;

/** Decides about every failed call to Sinch. */
export function meaningOf(failed: Failed, kind: CallKind): Meaning {
  const type = failureTypeOf(failed, kind);
  return { type, retried: isRetried(type, kind) };
}

/** The one place where an error becomes a typed failure of the registry. No cause is kept: it could hold KYC. */
function toFailure(error: unknown, kind: CallKind): unknown {
  if (error instanceof AttachmentUnreadableError || error instanceof AttachmentSizeMismatch) {
    return ApplicationFailure.nonRetryable(error.message, 'AttachmentUnreadable' satisfies FailureType);
  }
  if (!(error instanceof SinchError)) return error;
  const { type, retried } = meaningOf(error, kind);
  const asked = error.retryAfterMs === undefined ? undefined : Math.min(error.retryAfterMs, LONGEST_RETRY_AFTER_MS);
  const details: FailureDetails = {
    violations: keptViolations(error.violations),
    ...(error.said !== undefined && { said: error.said }),
    ...(error.status !== undefined && { status: error.status }),
    ...(asked !== undefined && { retryAfterMs: asked }),
  };
  const wait = asked ?? (TRANSIENT.includes(type) || kind === 'bought' ? undefined : SLOW_RETRY_MS);
  return ApplicationFailure.create({
    type,
    message: error.message,
    nonRetryable: !retried,
    details: [details],
    ...(wait !== undefined && { nextRetryDelay: wait }),
  });
}

/** Runs a call and throws errors as typed failures. */
export async function failingTyped<T>(kind: CallKind, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toFailure(error, kind);
  }
}

/** Sinch is still working on it: poll again after `delayMs`. Benign, so neither logs nor metrics count it as a failure. */
export function notYet(message: string, delayMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'NotYet' satisfies FailureType,
    message,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: delayMs,
  });
}
