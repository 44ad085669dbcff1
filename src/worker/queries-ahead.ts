import { coresdk } from '@temporalio/proto';
import type { NativeWorkerLike } from '@temporalio/worker/lib/worker';
import { Reader } from 'protobufjs/minimal';
import { ASK_AGAIN } from '../client/ask-again';

/** What was last handed to a workflow, as far as it tells one workflow task from the next. */
interface Seen {
  workflowId: string;
  historyLength: number;
  /** Both change with each workflow task that has started, and with nothing else. */
  timestamp: string;
  historySize: string;
}

/** Numbers of a job's kinds in Temporal's workflow_activation.proto, of SDK Core. */
const INITIALIZE = 1;
const QUERY = 5;
const REMOVE_FROM_CACHE = 50;

/**
 * Refuses a query whose history has events that no workflow task has taken in yet: Core would hand them to the workflow, and
 * what comes until the task starts by itself. Replays get all of it at once, and may go another way.
 * See docs/decisions/0014-queries-ahead.md.
 * @param isOpen of a closed workflow no task follows, so that its queries are answered
 */
export function refuseQueriesAhead(
  worker: NativeWorkerLike,
  isOpen: (workflowId: string, runId: string) => Promise<boolean>,
): NativeWorkerLike {
  const runs = new Map<string, Seen>();
  const { pollWorkflowActivation } = worker;
  worker.pollWorkflowActivation = async () => {
    for (;;) {
      const activation = await pollWorkflowActivation();
      const { runId, job, ...now } = read(activation);
      const before = runs.get(runId);
      if (job === REMOVE_FROM_CACHE) runs.delete(runId);
      if (job === REMOVE_FROM_CACHE || job === QUERY) return activation;
      const isAhead = before && isSameTask(before, now) && now.historyLength !== before.historyLength;
      if (!isAhead || !(await isOpen(before.workflowId, runId))) {
        const workflowId = job === INITIALIZE ? workflowIdIn(activation) : (before?.workflowId ?? '');
        runs.set(runId, { ...now, workflowId });
        return activation;
      }
      await worker.completeWorkflowActivation(refusal(runId));
    }
  };
  return worker;
}

type Position = Omit<Seen, 'workflowId'>;

const isSameTask = (one: Position, other: Position) =>
  one.timestamp === other.timestamp && one.historySize === other.historySize;

/** Without making objects of what senders have sent. */
function read(activation: Buffer): Position & { runId: string; job: number } {
  const found = { runId: '', timestamp: '', historyLength: 0, historySize: '', job: 0 };
  const reader = Reader.create(activation);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    switch (tag >>> 3) {
      case 1:
        found.runId = reader.string();
        break;
      case 2:
        found.timestamp = hex(reader.bytes());
        break;
      case 4:
        found.historyLength = reader.uint32();
        break;
      case 5: {
        // Core sorts them: what begins a workflow is the first, and queries and removals come by themselves.
        const job = reader.bytes();
        found.job ||= Reader.create(job).uint32() >>> 3;
        break;
      }
      case 7:
        found.historySize = hex(activation.subarray(reader.pos, reader.skip().pos));
        break;
      default:
        reader.skipType(tag & 7);
    }
  }
  return found;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function workflowIdIn(activation: Buffer): string {
  const { jobs } = coresdk.workflow_activation.WorkflowActivation.decode(activation);
  return jobs[0]?.initializeWorkflow?.workflowId ?? '';
}

/** Core refuses the query with it, and forgets the run: the task that follows is given the whole history. */
function refusal(runId: string): Buffer {
  const { WorkflowActivationCompletion } = coresdk.workflow_completion;
  const failed = { failure: { message: ASK_AGAIN, applicationFailureInfo: {} } };
  return Buffer.from(WorkflowActivationCompletion.encodeDelimited({ runId, failed }).finish());
}
