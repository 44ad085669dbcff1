import {
  workflowInfo,
  type ActivateInput,
  type ConcludeActivationInput,
  type WorkflowInternalsInterceptor,
} from '@temporalio/workflow';
import { BATCH_WORKFLOW_TYPE } from '@number-orders/contract';
import { encode } from '@temporalio/common/lib/encoding';
import { currentOrder } from './current-order';

type Job = NonNullable<ActivateInput['activation']['jobs']>[number];
type Command = ConcludeActivationInput['commands'][number];

/** An event that changes nothing and is not billed as an Action: null removes a field from the memo that was never there. */
const NOTHING: Command = {
  modifyWorkflowProperties: {
    upsertedMemo: { fields: { commandInEveryTask: { metadata: { encoding: encode('binary/null') } } } },
  },
};

/**
 * Temporal's Core may later take a workflow task without commands for a heartbeat, and merge its events with those of the next
 * task. A worker that replays the order would then take another path than the first one. So every task that handles an event has
 * a command. See docs/decisions/0009-empty-tasks.md.
 */
export function commandInEveryTask(): WorkflowInternalsInterceptor {
  const localActivities = new Set<number>();
  let tookSomethingIn = false;
  let hasMarker = false;
  return {
    activate(input, next) {
      const jobs = input.activation.jobs ?? [];
      tookSomethingIn ||= jobs.some(isInHistory);
      for (const { resolveActivity } of jobs) {
        if (!resolveActivity?.isLocal) continue;
        localActivities.delete(resolveActivity.seq ?? 0);
        hasMarker = true;
      }
      next(input);
    },
    concludeActivation(input, next) {
      const { commands } = next(input);
      for (const { scheduleLocalActivity } of commands) {
        if (scheduleLocalActivity) localActivities.add(scheduleLocalActivity.seq ?? 0);
      }
      // A local activity's result is a command of its task, whether it arrives alone or, as on replay, with other events.
      const isEmpty =
        tookSomethingIn &&
        !hasMarker &&
        localActivities.size === 0 &&
        !commands.some((command) => willBeInHistory(command, commands));
      tookSomethingIn = false;
      hasMarker = false;
      return { commands: isEmpty && isWanted() ? [...commands, NOTHING] : commands };
    },
  };
}

/** Orders and batches take messages; the other workflows of ours take none. */
function isWanted(): boolean {
  return currentOrder() !== undefined || workflowInfo().workflowType === BATCH_WORKFLOW_TYPE;
}

/** Whether events led to it: a refused update leaves none, and a local activity's result is its own command. */
function isInHistory({
  queryWorkflow,
  doUpdate,
  notifyHasPatch,
  updateRandomSeed,
  removeFromCache,
  ...job
}: Job): boolean {
  const ofNoEvent = queryWorkflow ?? doUpdate ?? notifyHasPatch ?? updateRandomSeed ?? removeFromCache;
  return !ofNoEvent && !job.resolveActivity?.isLocal;
}

/** Core omits commands that are started and cancelled at once. A refusal leaves no event, nor does every cancelled activity. */
function willBeInHistory(command: Command, all: Command[]): boolean {
  const { updateResponse, startTimer, cancelTimer, scheduleActivity } = command;
  if (command.respondToQuery || command.requestCancelActivity || updateResponse?.rejected) return false;
  if (startTimer) return !all.some((other) => other.cancelTimer?.seq === startTimer.seq);
  if (cancelTimer) return !all.some((other) => other.startTimer?.seq === cancelTimer.seq);
  if (scheduleActivity) return !all.some((other) => other.requestCancelActivity?.seq === scheduleActivity.seq);
  return true;
}
