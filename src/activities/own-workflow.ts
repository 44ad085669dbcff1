import { activityInfo, getClient } from '@temporalio/activity';
import { temporal } from '@temporalio/proto';

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

/** Whether the order still waits for this call. A workflow that was reset, terminated or restored has continued without it. */
export async function isAwaited(): Promise<boolean> {
  const { workflowExecution, activityId } = activityInfo();
  const { workflowExecutionInfo, pendingActivities } = await describeOwnWorkflow(TEMPORAL_ANSWERS_WITHIN_MS);
  const isCurrent =
    workflowExecutionInfo?.execution?.runId === workflowExecution?.runId &&
    OPEN.some((status) => status === workflowExecutionInfo?.status);
  return isCurrent && pendingActivities.some((pending) => pending.activityId === activityId);
}
