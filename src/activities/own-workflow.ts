import { activityInfo, getClient } from '@temporalio/activity';

/** What Temporal knows now of the workflow that this activity serves: of its current run, which may be another by now. */
export function describeOwnWorkflow(timeoutMs: number) {
  const client = getClient();
  const { namespace } = client.options;
  const execution = { workflowId: activityInfo().workflowExecution?.workflowId ?? '' };
  return client.withDeadline(Date.now() + timeoutMs, () =>
    client.workflowService.describeWorkflowExecution({ namespace, execution }),
  );
}
