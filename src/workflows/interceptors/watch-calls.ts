import {
  ActivityCancellationType,
  CancellationScope,
  condition,
  proxyActivities,
  type WorkflowOutboundCallsInterceptor,
} from '@temporalio/workflow';
import type { Activities } from '../../activities';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How long a call has been waited for when it is first looked after. Each further time it is twice as long. */
const LOOKED_AFTER: Partial<Record<string, number>> = {
  // A review takes weeks, and what follows it is told by callbacks as well.
  ['awaitReview' satisfies keyof Activities]: 14 * DAY_MS,
  ['awaitProvisioning' satisfies keyof Activities]: DAY_MS,
};
const USUALLY_AFTER = 10 * MINUTE_MS;

const { failLostCalls } = proxyActivities<Pick<Activities, 'failLostCalls'>>({
  startToCloseTimeout: '30 seconds',
  scheduleToCloseTimeout: '5 minutes',
  cancellationType: ActivityCancellationType.TRY_CANCEL,
});

interface PendingCall {
  waitMs: number;
  /** Milliseconds since the epoch. */
  lookAt: number;
}

/**
 * The order's own timer around the calls it waits for: Temporal may have forgotten theirs. One timer for all of them, started
 * by the first, and never cancelled: an order that is quick has one event of it. Why: docs/decisions/0010-operators-buttons.md.
 */
export function watchCalls(): WorkflowOutboundCallsInterceptor {
  const pending = new Set<PendingCall>();
  const earliest = () => Math.min(...[...pending].map(({ lookAt }) => lookAt));
  let watching = false;

  async function watch(): Promise<void> {
    watching = true;
    while (pending.size > 0) {
      const until = earliest();
      const sooner = await condition(() => earliest() < until, Math.max(1, until - Date.now()), {
        summary: 'Until calls that are waited for are looked after',
      });
      if (sooner) continue;
      const due = [...pending].filter(({ lookAt }) => lookAt <= until);
      for (const call of due) {
        call.waitMs *= 2;
        call.lookAt += call.waitMs;
      }
      if (due.length > 0) void lookAfter(due.length);
    }
    watching = false;
  }

  return {
    async scheduleActivity(input, next) {
      const waitMs = LOOKED_AFTER[input.activityType] ?? USUALLY_AFTER;
      const call = { waitMs, lookAt: Date.now() + waitMs };
      pending.add(call);
      const answer = next(input);
      if (!watching) void CancellationScope.nonCancellable(watch);
      try {
        return await answer;
      } finally {
        pending.delete(call);
      }
    },
  };
}

/** Nothing hangs on its answer: what is lost ends by it, and is met where it is waited for. */
async function lookAfter(calls: number): Promise<void> {
  try {
    await failLostCalls.executeWithOptions({ summary: `Whether Temporal has lost one of ${calls} calls` }, []);
  } catch {
    // Looked after again later.
  }
}
