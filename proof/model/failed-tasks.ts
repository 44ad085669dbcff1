import { temporal } from '@temporalio/proto';
import { TASK_ENDED } from '../../src/workflows/interceptors/ended-tasks';

const Cause = temporal.api.enums.v1.WorkflowTaskFailedCause;

/** Temporal's own doing: a task during which a message arrived is repeated, or more than a hundred did, and a reset ends a task. */
const NO_FAILURE_OF_OURS: unknown[] = [
  Cause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND,
  Cause.WORKFLOW_TASK_FAILED_CAUSE_FORCE_CLOSE_COMMAND,
  Cause.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW,
];

/** The workflow tasks that failed, and why. One that follows a task which Temporal ended may be given back. */
export function failedTasks({ events }: temporal.api.history.v1.IHistory): string[] {
  const problems: string[] = [];
  let ended = false;
  for (const event of events ?? []) {
    const { eventId, workflowTaskFailedEventAttributes: failed } = event;
    if (event.workflowTaskCompletedEventAttributes) ended = false;
    if (failed && !NO_FAILURE_OF_OURS.includes(failed.cause) && !(ended && failed.failure?.message === TASK_ENDED))
      problems.push(`event ${String(eventId)}: ${failed.failure?.message ?? `cause ${String(failed.cause)}`}`);
    if (failed ?? event.workflowTaskTimedOutEventAttributes) ended = true;
  }
  return problems;
}
