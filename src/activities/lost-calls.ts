import { activityInfo, getClient, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { optionalTsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import type { FailureType } from '@number-orders/contract';
import { describeOwnWorkflow } from './own-workflow';

type PendingActivity = temporal.api.workflow.v1.IPendingActivityInfo;

const { PENDING_ACTIVITY_STATE_SCHEDULED, PENDING_ACTIVITY_STATE_STARTED, PENDING_ACTIVITY_STATE_CANCEL_REQUESTED } =
  temporal.api.enums.v1.PendingActivityState;

const DESCRIBED_WITHIN_MS = 20_000;
/** Clocks differ, and Temporal itself may be late. */
const TOLERANCE_MS = 30_000;

/**
 * Whether no worker has taken a call in time that must not happen twice, so that none is given it any more. Server 1.29.1 loses
 * this time-out when it resets the run.
 */
function neverBegins({ state, paused, scheduledTime, activityOptions }: PendingActivity): boolean {
  if (paused || state !== PENDING_ACTIVITY_STATE_SCHEDULED) return false;
  if (activityOptions?.retryPolicy?.maximumAttempts !== 1) return false;
  const scheduled = optionalTsToMs(scheduledTime) ?? Infinity;
  return Date.now() > scheduled + (optionalTsToMs(activityOptions.scheduleToStartTimeout) || Infinity) + TOLERANCE_MS;
}

/**
 * Whether a call runs longer than its time-out. Not if an operator has paused it, or if it waits for a worker or its next
 * attempt.
 */
function isLost({ state, paused, lastStartedTime, lastHeartbeatTime, activityOptions }: PendingActivity): boolean {
  if (paused) return false;
  if (state !== PENDING_ACTIVITY_STATE_STARTED && state !== PENDING_ACTIVITY_STATE_CANCEL_REQUESTED) return false;
  const started = optionalTsToMs(lastStartedTime);
  if (started === undefined) return false;
  const beat = Math.max(started, optionalTsToMs(lastHeartbeatTime) ?? 0);
  const ends = [
    started + (optionalTsToMs(activityOptions?.startToCloseTimeout) || Infinity),
    beat + (optionalTsToMs(activityOptions?.heartbeatTimeout) || Infinity),
  ];
  return Date.now() > Math.min(...ends) + TOLERANCE_MS;
}

export function lostCallActivities() {
  return {
    /**
     * Ends the calls of its own workflow whose time-outs Temporal has lost. Servers before 1.32 lose them when a call is
     * unpaused whose worker died during the pause. The workflow then handles them as time-outs. Repeatable: a call is ended
     * once.
     */
    async failLostCalls(): Promise<void> {
      const { workflowExecution, activityId: own } = activityInfo();
      const { workflowExecutionInfo, pendingActivities } = await describeOwnWorkflow(DESCRIBED_WITHIN_MS);
      const { workflowId = '', runId = '' } = workflowExecution ?? {};
      if (workflowExecutionInfo?.execution?.runId !== runId) return;
      for (const pending of pendingActivities) {
        const { activityId, activityType } = pending;
        if (!activityId || activityId === own) continue;
        const call = { workflowId, runId, activityId };
        if (neverBegins(pending)) {
          log.warn('Ending a call that never begins, whose time-out Temporal has lost', { call: activityType?.name });
          // Temporal lets no call fail that has not begun. Null is no answer: its outcome is unknown.
          await getClient().activity.complete(call, null);
        }
        if (!isLost(pending)) continue;
        log.warn('Failing a call whose time-out Temporal has lost', { call: activityType?.name });
        const failure = ApplicationFailure.retryable(
          'It should have timed out long ago, but Temporal lost its time-out',
          'SinchOutcomeUnknown' satisfies FailureType,
        );
        await getClient().activity.fail(call, failure);
      }
    },
  };
}
