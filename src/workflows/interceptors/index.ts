import {
  ApplicationFailure,
  patched,
  workflowInfo,
  type SignalInput,
  type UpdateInput,
  type WorkflowExecuteInput,
  type WorkflowInboundCallsInterceptor,
  type WorkflowInterceptorsFactory,
} from '@temporalio/workflow';
import type { FailureType } from '@number-orders/contract';
import {
  dependsOnKeys,
  describeUndecodable,
  isKeyMissing,
  isUndecodable,
  undecodable,
  type Undecodable,
} from '../../data-converter/undecodable';
import { boardOnRequest } from './board-on-request';
import { checkedAnswers } from './checked-answers';
import { commandInEveryTask } from './command-in-every-task';
import { endedTasks } from './ended-tasks';
import { largeUpdates } from './large-updates';
import { countUndecodable } from '../display/metrics';
import { crowdedMessages } from './crowded-messages';
import { noticedResets } from './noticed-resets';
import { projectOfCalls, retryTimes, sinchTaskQueue } from './policy-of-calls';
import { reservedSignals } from './reserved-signals';
import { readableTraces } from './trace-headers';
import { watchCalls } from './watch-calls';
import { wellFormedCommands } from './well-formed-commands';
import { wholeTasks } from './whole-tasks';

type Next<Input, Output> = (input: Input) => Output;

/**
 * Handles arguments that cannot be decoded. The rule: an order must not depend on which keys the replaying worker has. What was
 * decoded at first must be decoded on replay. If it cannot be, the workflow task fails, alerts, and is retried until the key is
 * back. What was ignored at first is always ignored.
 */
class UndecodableArguments implements WorkflowInboundCallsInterceptor {
  private signals = 0;

  /**
   * A request whose key is missing waits for the key. Other undecodable requests are malformed. What an earlier run handed on was
   * written by this workflow, so it is never treated as malformed.
   */
  async execute(input: WorkflowExecuteInput, next: Next<WorkflowExecuteInput, Promise<unknown>>): Promise<unknown> {
    const isOurs = workflowInfo().continuedFromExecutionRunId !== undefined;
    const unread = input.args.find(isOurs ? isUndecodable : isKeyMissing);
    if (unread) throw outOfReach('The order', unread);
    return next(input);
  }

  /**
   * A signal cannot be refused, and must not wedge the order: one that cannot be decrypted is ignored. Once its key is available,
   * replay would handle it, so the decision is recorded as a patch: `patched` writes a marker when the signal first arrives. If
   * replay finds no marker, the signal was decoded at first, and its key is missing now.
   */
  async handleSignal(input: SignalInput, next: Next<SignalInput, Promise<void>>): Promise<void> {
    const ignored = `undecodable-signal-${++this.signals}`;
    const unread = input.args.find(dependsOnKeys);
    if (unread && !patched(ignored)) throw outOfReach(`Signal ${input.signalName}`, unread);
    const ignoredOnceBefore = !unread && workflowInfo().unsafe.isReplaying && patched(ignored);
    return next(ignoredOnceBefore ? { ...input, args: [IGNORED] } : input);
  }

  /** Refused before it is accepted, so that it leaves no trace in history. */
  validateUpdate(input: UpdateInput, next: Next<UpdateInput, void>): void {
    const unread = input.args.find(isUndecodable);
    if (unread) {
      countUndecodable('update');
      throw ApplicationFailure.nonRetryable(
        `the argument could not be decoded: ${describeUndecodable(unread)}`,
        'InvalidRequest' satisfies FailureType,
      );
    }
    next(input);
  }

  /** It was validated, so it was decoded when it first arrived. */
  async handleUpdate(input: UpdateInput, next: Next<UpdateInput, Promise<unknown>>): Promise<unknown> {
    const unread = input.args.find(isUndecodable);
    if (unread) throw outOfReach(`Update ${input.name}`, unread);
    return next(input);
  }
}

/** Replaces a signal that was ignored when it arrived and can be decoded now. */
const IGNORED = undecodable({ reason: 'KEY_MISSING', encoding: '' });

/** A plain error: it fails the workflow task, never the order. */
function outOfReach(what: string, value: Undecodable): Error {
  return new Error(`${what} cannot be decoded by this worker: ${describeUndecodable(value)}. The task is retried.`);
}

/** Loaded by path into the sandbox; the SDK wants this export's name. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [readableTraces, new UndecodableArguments()],
  // The first one sees the commands as all others leave them.
  internals: [
    wholeTasks,
    endedTasks(),
    wellFormedCommands,
    crowdedMessages,
    largeUpdates,
    reservedSignals,
    noticedResets(),
    boardOnRequest,
    commandInEveryTask(),
  ],
  outbound: [checkedAnswers, watchCalls(), sinchTaskQueue, projectOfCalls, retryTimes],
});
