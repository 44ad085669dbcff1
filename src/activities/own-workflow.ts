import { activityInfo, getClient } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { FailureType } from '@number-orders/contract';

/** Temporal answers within milliseconds. If it does not, it could hardly record Sinch's answer either. */
const TEMPORAL_ANSWERS_WITHIN_MS = 5_000;

const Status = temporal.api.enums.v1.WorkflowExecutionStatus;
/** A call that began before the order was paused continues. */
const OPEN = [Status.WORKFLOW_EXECUTION_STATUS_RUNNING, Status.WORKFLOW_EXECUTION_STATUS_PAUSED];

/** Describes the workflow of this activity. Its current run may be another one by now. */
export function describeOwnWorkflow(timeoutMs: number) {
  const client = getClient();
  const { namespace } = client.options;
  const execution = { workflowId: activityInfo().workflowExecution?.workflowId ?? '' };
  return client.withDeadline(Date.now() + timeoutMs, () =>
    client.workflowService.describeWorkflowExecution({ namespace, execution }),
  );
}

/**
 * Refuses a call that the order no longer waits for: it gave it up, or was reset, terminated or restored.
 * @param cannotTell what Temporal's failure to answer means; the call goes on if it returns
 */
export async function refuseUnlessAwaited(cannotTell: (error: unknown) => void): Promise<void> {
  try {
    if (await isAwaited()) return;
  } catch (error) {
    cannotTell(error);
    return;
  }
  // No one reads this failure. If it were read, asking Sinch first would be right.
  const message = 'Sent nothing: Temporal says that the order no longer waits for this call';
  throw ApplicationFailure.nonRetryable(message, 'SinchOutcomeUnknown' satisfies FailureType);
}

async function isAwaited(): Promise<boolean> {
  const { workflowExecution, activityId } = activityInfo();
  const { workflowExecutionInfo, pendingActivities } = await describeOwnWorkflow(TEMPORAL_ANSWERS_WITHIN_MS);
  const isCurrent =
    workflowExecutionInfo?.execution?.runId === workflowExecution?.runId &&
    OPEN.some((status) => status === workflowExecutionInfo?.status);
  return isCurrent && pendingActivities.some((pending) => pending.activityId === activityId);
}
