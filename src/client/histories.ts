import { isGrpcDeadlineError, isGrpcServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { HistoryNotReadError } from './errors';

const NOT_FOUND = 5;
const RESOURCE_EXHAUSTED = 8;

/**
 * The page size, in batches of events that were written together. Temporal's default is 256, and gRPC allows 4 MiB: ten large
 * registrations are more.
 */
const BATCHES = 8;

/**
 * The history of a run.
 * @throws {WorkflowNotFoundError} when there is no such run; {@link HistoryNotReadError}
 */
export async function fetchHistory(
  client: Client,
  workflowId: string,
  runId: string,
): Promise<temporal.api.history.v1.History> {
  const { namespace } = client.options;
  const events: temporal.api.history.v1.IHistoryEvent[] = [];
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const page = await client.workflowService
      .getWorkflowExecutionHistory({
        namespace,
        execution: { workflowId, runId },
        maximumPageSize: BATCHES,
        nextPageToken,
      })
      .catch((error: unknown) => {
        throw meaningOf(error, workflowId, runId);
      });
    events.push(...(page.history?.events ?? []));
    ({ nextPageToken } = page);
  } while (nextPageToken.length > 0);
  return temporal.api.history.v1.History.create({ events });
}

function meaningOf(error: unknown, workflowId: string, runId: string): unknown {
  if (!isGrpcServiceError(error)) return error;
  const code: number = error.code;
  if (code === NOT_FOUND) return new WorkflowNotFoundError(error.details, workflowId, runId);
  // Temporal's client retries a response that is too large for gRPC, until the deadline.
  const mayBeTooLarge = code === RESOURCE_EXHAUSTED || isGrpcDeadlineError(error);
  return mayBeTooLarge ? new HistoryNotReadError(workflowId, error.details, { cause: error }) : error;
}
