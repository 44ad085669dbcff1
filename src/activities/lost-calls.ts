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
 * Whether a call that must not happen twice should have begun by now, and can no longer: no worker is given it any more. Servers
 * lose its time-out when they reset the run of a call that no worker has taken yet.
 */
function neverBegins({ state, paused, scheduledTime, activityOptions }: PendingActivity): boolean {
  if (paused || state !== PENDING_ACTIVITY_STATE_SCHEDULED || activityOptions?.retryPolicy?.maximumAttempts !== 1)
    return false;
  const begins =
    (optionalTsToMs(scheduledTime) ?? NaN) + (optionalTsToMs(activityOptions.scheduleToStartTimeout) || NaN);
  return Date.now() > begins + TOLERANCE_MS;
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
     * Fails the calls of its own workflow whose time-outs Temporal has lost. Servers before 1.32 lose them when a call is
     * unpaused whose worker died during the pause, or when a run is reset. The workflow then handles them as time-outs. Repeatable: a call is failed
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
        const begun = isLost(pending);
        if (!begun && !neverBegins(pending)) continue;
        log.warn('Failing a call whose time-out Temporal has lost', { call: activityType?.name });
        if (!begun) {
          // Temporal does not let it fail before it has begun. No answer counts as an unknown outcome.
          await getClient().activity.complete({ workflowId, runId, activityId }, null);
          continue;
        }
        const failure = ApplicationFailure.retryable(
          'It should have timed out long ago, but Temporal lost its time-out',
          'SinchOutcomeUnknown' satisfies FailureType,
        );
        await getClient().activity.fail({ workflowId, runId, activityId }, failure);
      }
    },
  };
}
