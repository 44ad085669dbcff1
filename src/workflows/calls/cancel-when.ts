import { ActivityFailure, CancellationScope, isCancellation } from '@temporalio/workflow';
import { until } from './until';

interface Limit {
  /** Milliseconds. */
  after: number;
  /** What the UI calls the timer. */
  summary: string;
}

/**
 * Waits for a call until `stop` is true or the limit is reached. Then it cancels the call and answers undefined.
 * How soon a cancelled call ends depends on its cancellation type: see activities.ts. A failure after the cancellation is
 * ignored: Temporal does not retry a cancelled call, so it proves nothing.
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
  // Handled below. Until then it must not count as unhandled.
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
