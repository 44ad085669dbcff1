import { workflowInfo, type ActivateInput, type WorkflowInternalsInterceptor } from '@temporalio/workflow';

type Job = NonNullable<ActivateInput['activation']['jobs']>[number];

/** The part of a task's time after which Core completes it while a local activity runs on, and asks for another. */
const HEARTBEAT = 0.8;

export const TASK_ENDED =
  'Temporal ended a workflow task while its local activity was running. The next one is taken again from the history; nothing needs to be done.';

/**
 * Temporal may end a workflow task whose local activity is running: over a hundred messages wait, or its time is up. Its Core
 * then hands over the next task on top of what the ended one did, which no history tells. So the order gives that task back, by
 * a plain error. It is replayed from its history, and takes everything in at once. See docs/decisions/0016-ended-tasks.md.
 */
export function endedTasks(): WorkflowInternalsInterceptor {
  /** Those that run, by their numbers. */
  const localActivities = new Set<number>();
  let last = { isReplaying: true, historyLength: 0, at: 0 };
  return {
    activate(input, next) {
      const { jobs, isReplaying, historyLength } = input.activation;
      const news = jobs?.some(tellsNews) && (historyLength ?? 0) > last.historyLength;
      // What was replayed is in the history. So is a task with a query: Core completes it then, and a query counts as replayed.
      const isHeartbeat = Date.now() - last.at >= HEARTBEAT * workflowInfo().taskTimeoutMs;
      if (news && localActivities.size > 0 && !last.isReplaying && !isHeartbeat) throw new Error(TASK_ENDED);
      last = { isReplaying: isReplaying ?? false, historyLength: historyLength ?? 0, at: Date.now() };
      for (const { resolveActivity } of jobs ?? []) localActivities.delete(resolveActivity?.seq ?? 0);
      next(input);
    },
    concludeActivation(input, next) {
      const { commands } = next(input);
      for (const { scheduleLocalActivity } of commands) {
        if (scheduleLocalActivity) localActivities.add(scheduleLocalActivity.seq ?? 0);
      }
      return { commands };
    },
  };
}

/** A query changes nothing. A result that came late, after Core's heartbeat, has a task of its own. */
function tellsNews({ queryWorkflow, removeFromCache, resolveActivity }: Job): boolean {
  return !queryWorkflow && !removeFromCache && !resolveActivity?.isLocal;
}
