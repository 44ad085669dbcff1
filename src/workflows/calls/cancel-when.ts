import { ActivityFailure, CancellationScope, isCancellation } from '@temporalio/workflow';
import { until } from './until';

interface Limit {
  /** Milliseconds. */
  after: number;
  /** What the UI calls the timer. */
  summary: string;
}

/**
 * Waits for a call, unless `stop` comes true first, or the limit is reached: then the call is cancelled and undefined is
 * the answer.
 * How soon a cancelled call lets go is its own affair: see the cancellation types in activities.ts. One that was under way may
 * still fail, and is not tried again by Temporal because it was cancelled: that says nothing about the call.
 */
export async function cancelWhen<T>(
  stop: () => boolean,
  call: () => Promise<T>,
  limit?: Limit,
): Promise<T | undefined> {
  if (stop()) return undefined;
  const scope = new CancellationScope();
  const state = { settled: false };
  const answer = scope.run(call).finally(() => {
    state.settled = true;
  });
  // Its failure is met below; until then it must not count as unhandled.
  answer.catch(() => undefined);
  const over = () => state.settled || stop();
  await (limit ? until(over, limit.after, { summary: limit.summary }) : until(over));
  if (!state.settled) scope.cancel();
  try {
    return await answer;
  } catch (error) {
    const dropped = isCancellation(error) || error instanceof ActivityFailure;
    if (dropped && scope.consideredCancelled) return undefined;
    throw error;
  }
}
