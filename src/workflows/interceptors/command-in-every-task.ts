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

/** An event that changes nothing and is no Action: null takes a field out of the memo, where it never was. */
const NOTHING: Command = {
  modifyWorkflowProperties: {
    upsertedMemo: { fields: { commandInEveryTask: { metadata: { encoding: encode('binary/null') } } } },
  },
};

/**
 * Where a workflow task takes something in and has no command, Temporal's Core may later take it for a heartbeat, and give
 * what it took in to the order together with what came after: a worker that does not remember the order would then go on
 * in another way than those that replay it. So no task goes without. See docs/decisions/0009-empty-tasks.md.
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
      // A local activity's result is a command of its task, whether it comes by itself, or as on replay with what else came.
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

/** An order that began on 0.1.0 goes without. */
function isWanted(): boolean {
  return currentOrder()?.policy?.commandInEveryTask ?? workflowInfo().workflowType === BATCH_WORKFLOW_TYPE;
}

/** Whether events led to it: a refused update leaves none, and what a local activity answers is its own command. */
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

/** Core leaves out what is started and cancelled at once; a refusal leaves no event, nor does every cancelled activity. */
function willBeInHistory(command: Command, all: Command[]): boolean {
  const { updateResponse, startTimer, cancelTimer, scheduleActivity } = command;
  if (command.respondToQuery || command.requestCancelActivity || updateResponse?.rejected) return false;
  if (startTimer) return !all.some((other) => other.cancelTimer?.seq === startTimer.seq);
  if (cancelTimer) return !all.some((other) => other.startTimer?.seq === cancelTimer.seq);
  if (scheduleActivity) return !all.some((other) => other.requestCancelActivity?.seq === scheduleActivity.seq);
  return true;
}
