import { activityInfo, getClient, log } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { optionalTsToMs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import type { FailureType } from '@number-orders/contract';
import { describeOwnWorkflow } from './own-workflow';

type PendingActivity = temporal.api.workflow.v1.IPendingActivityInfo;

const { PENDING_ACTIVITY_STATE_STARTED, PENDING_ACTIVITY_STATE_CANCEL_REQUESTED } =
  temporal.api.enums.v1.PendingActivityState;

const DESCRIBED_WITHIN_MS = 20_000;
/** Clocks differ, and Temporal may be late itself. */
const TOLERANCE_MS = 30_000;

/**
 * Whether a call is under way for longer than Temporal lets it be. One that an operator has paused is not: pausing is allowed
 * to last. Neither is one that waits for a worker, or for its next attempt.
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
     * Fails the calls of its own workflow whose time-outs Temporal has forgotten, as servers before 1.32 do when a call is
     * unpaused whose worker died while it was paused. What then becomes of them is what a time-out makes of them.
     * Repeatable: a call is failed once.
     */
    async failLostCalls(): Promise<void> {
      const { workflowExecution, activityId: own } = activityInfo();
      const { workflowExecutionInfo, pendingActivities } = await describeOwnWorkflow(DESCRIBED_WITHIN_MS);
      const { workflowId = '', runId = '' } = workflowExecution ?? {};
      if (workflowExecutionInfo?.execution?.runId !== runId) return;
      for (const pending of pendingActivities) {
        const { activityId, activityType } = pending;
        if (!activityId || activityId === own || !isLost(pending)) continue;
        log.warn('Temporal has lost a call: it is failed', { call: activityType?.name });
        const failure = ApplicationFailure.retryable(
          'Its time was over long ago, and Temporal has forgotten to say so',
          'SinchOutcomeUnknown' satisfies FailureType,
        );
        await getClient().activity.fail({ workflowId, runId, activityId }, failure);
      }
    },
  };
}
