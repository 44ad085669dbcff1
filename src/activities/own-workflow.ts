import { activityInfo, getClient } from '@temporalio/activity';

/** Describes the workflow of this activity. Its current run may be another one by now. */
export function describeOwnWorkflow(timeoutMs: number) {
  const client = getClient();
  const { namespace } = client.options;
  const execution = { workflowId: activityInfo().workflowExecution?.workflowId ?? '' };
  return client.withDeadline(Date.now() + timeoutMs, () =>
    client.workflowService.describeWorkflowExecution({ namespace, execution }),
  );
}
