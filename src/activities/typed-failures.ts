import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { keptViolations, type FailureDetails, type FailureType } from '@number-orders/contract';
import { AttachmentSizeMismatch, SinchError } from '../sinch';
import { AttachmentUnreadableError } from '../store/attachment-store';

/** Wrong credentials, or an answer that we cannot read, do not pass within seconds. */
const SLOW_RETRY_MS = 5 * 60_000;

/** A slip in one header must not put an order to sleep for good. */
const LONGEST_RETRY_AFTER_MS = 24 * 3_600_000;

const TRANSIENT: readonly FailureType[] = ['SinchRateLimited', 'SinchUnavailable'];

/**
 * How a failed call is to be taken.
 * - `beforeReservation`: nothing is lost by failing, so what will not pass by itself fails at once.
 * - `read`: an order hangs on the answer, so only "there is no such thing" ends it.
 * - `send`: repeatable, but what Sinch refuses goes back to the sender.
 * - `once`: never repeated by Temporal; "possibly processed" becomes `SinchOutcomeUnknown`.
 * - `bought`: repeatable, and tried again whatever the answer: right after a purchase Sinch may not know it yet.
 */
export type CallKind = 'beforeReservation' | 'read' | 'send' | 'once' | 'bought';

/** What a call that failed means for an order, and whether Temporal tries it again. */
export interface Meaning {
  type: FailureType;
  retried: boolean;
}

function failureTypeOf({ type, status, possiblyProcessed }: Failed, kind: CallKind): FailureType {
  if (kind === 'once' && possiblyProcessed) return 'SinchOutcomeUnknown';
  // Gone for good is not known either.
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

/** The one decision on every failed call of Sinch's. */
export function meaningOf(failed: Failed, kind: CallKind): Meaning {
  const type = failureTypeOf(failed, kind);
  return { type, retried: isRetried(type, kind) };
}

/** The one place where what went wrong becomes a typed failure of the registry. No cause is kept: it could hold KYC. */
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

/** Runs a call and throws what goes wrong as a typed failure. */
export async function failingTyped<T>(kind: CallKind, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toFailure(error, kind);
  }
}

/** Sinch is still working on it: look again after `delayMs`. Benign, so neither logs nor metrics count it as a failure. */
export function notYet(message: string, delayMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'NotYet' satisfies FailureType,
    message,
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: delayMs,
  });
}
