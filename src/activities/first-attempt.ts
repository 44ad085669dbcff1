import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { FailureDetails, FailureType } from '@number-orders/contract';
import { refuseUnlessAwaited } from './own-workflow';

const failing = (type: FailureType, message: string) => ApplicationFailure.nonRetryable(message, type);

/**
 * Makes a call that must not be made twice: only at the first attempt, whatever an operator has pressed, and only while the
 * order's run is current in Temporal. Otherwise nothing is sent.
 * @param inDoubt the order may have made it before, in a lost history
 */
export async function atFirstAttempt<T>(call: () => Promise<T>, inDoubt = false): Promise<T> {
  if (inDoubt) {
    const earlier: FailureDetails = { violations: [], earlier: true };
    const message = 'Sent nothing: what the order did before the database was restored is unknown';
    throw ApplicationFailure.nonRetryable(message, 'SinchOutcomeUnknown' satisfies FailureType, earlier);
  }
  const { attempt, scheduledTimestampMs, currentAttemptScheduledTimestampMs } = activityInfo();
  // Reset, and some ways to unpause, restart the count of attempts. The scheduled time reveals that.
  if (attempt > 1 || currentAttemptScheduledTimestampMs !== scheduledTimestampMs) {
    throw failing('SinchOutcomeUnknown', 'Sent nothing: an attempt before this one may have been processed');
  }
  await refuseUnlessAwaited(cannotTell);
  return call();
}

/** gRPC statuses of a server that will never answer this. */
const NEVER_TOLD = [7 /* PERMISSION_DENIED */, 12 /* UNIMPLEMENTED */, 16 /* UNAUTHENTICATED */];
const NOT_FOUND = 5;

/** Returns if the server cannot answer: the order must not stand still for that. */
function cannotTell(error: unknown): void {
  const code = (error as { code?: unknown } | null)?.code;
  if (NEVER_TOLD.some((each) => each === code)) return;
  if (code === NOT_FOUND) throw failing('SinchOutcomeUnknown', 'Sent nothing: Temporal knows no such order');
  // Proves that nothing was processed: the order issues the call again.
  throw failing('SinchUnavailable', 'Sent nothing: Temporal did not say whether the order still waits for this call');
}
