import { condition } from '@temporalio/workflow';
import { publish } from './board';
import { weighHistory } from './continue-as-new';
import { callFailureOf, type CallFailure } from './failures';
import { addNotice, type Order } from './order';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * What came of a call that must not happen twice.
 * - `answered`: Sinch did it.
 * - `refused`: Sinch did not do it, and will not.
 * - `unknown`: Sinch may have done it. Look before anything else.
 * - `stopped`: it was not done, and is no longer wanted.
 */
export type Attempted<T> =
  | { kind: 'answered'; answer: T }
  | { kind: 'refused'; failure: CallFailure }
  | { kind: 'unknown' }
  | { kind: 'stopped' };

/** These prove that the request was not processed, and may pass. */
function isWorthAnotherTry({ type }: CallFailure): boolean {
  return type === 'SinchRateLimited' || type === 'SinchUnavailable' || type === 'SinchUnauthorized';
}

interface Call<T> {
  /** For the operators: which call is waiting. */
  name: string;
  run: () => Promise<T>;
  /** Asked before each issue. */
  wanted: () => boolean;
  /** No issue starts later, milliseconds since the epoch. */
  until: number;
  /** Wrong credentials end a call before a reservation, and are waited out after it. */
  unauthorizedIsFinal: boolean;
}

/** Issues a call again only if it was proved not to have been processed. */
export async function atMostOnce<T>(
  order: Order,
  { name, run, wanted, until, unauthorizedIsFinal }: Call<T>,
): Promise<Attempted<T>> {
  let noted: string | undefined;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    weighHistory(order);
    if (!wanted() || Date.now() >= until) return { kind: 'stopped' };
    try {
      return { kind: 'answered', answer: await run() };
    } catch (error) {
      const failure = callFailureOf(error);
      if (failure.type === 'SinchOutcomeUnknown') return { kind: 'unknown' };
      if (!isWorthAnotherTry(failure)) return { kind: 'refused', failure };
      if (failure.type === 'SinchUnauthorized') {
        if (unauthorizedIsFinal) return { kind: 'refused', failure };
        wait = LONGEST_WAIT_MS;
      }
      const pause = Math.min(Math.max(wait, failure.retryAfterMs ?? 0), Math.max(1, until - Date.now()));
      // An outage of days would push every other notice out: once the wait grows no longer, nothing is news.
      if (wait < LONGEST_WAIT_MS || noted !== failure.type) {
        addNotice(order, `${name} was not processed (${failure.type}); trying again in ${Math.ceil(pause / 1_000)} s`);
      }
      noted = failure.type;
      publish(order);
      await condition(() => !wanted(), pause, { summary: `${name}: waiting to try again after ${failure.type}` });
    }
  }
}
