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

/** After how long a pending call is first checked. The interval doubles each time. */
const LOOKED_AFTER: Partial<Record<string, number>> = {
  // A review takes weeks, and callbacks report its end as well.
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
 * The order's own timer for the calls it waits for, because Temporal may have lost theirs. The first call starts one timer for
 * all of them. It is never cancelled, so a quick order has one more event. Why: docs/decisions/0010-operators-buttons.md.
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
        summary: 'Until pending calls are checked',
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

/** Its answer is not used: it fails the calls that are lost, and the code that waits for them handles that. */
async function lookAfter(calls: number): Promise<void> {
  try {
    await failLostCalls.executeWithOptions({ summary: `Whether Temporal has lost one of ${calls} calls` }, []);
  } catch {
    // Checked again later.
  }
}
