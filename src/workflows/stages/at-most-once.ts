import type { FailureType } from '@number-orders/contract';
import { weighHistory } from '../order/history-size';
import { callFailureOf, type CallFailure } from '../calls/call-failure';
import { waitForNotBefore } from './not-before';
import { addNotice, type OnceOnly, type Order } from '../order/order';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * The outcome of a call that must not happen twice.
 * - `answered`: Sinch did it.
 * - `refused`: Sinch did not do it, and will not.
 * - `unknown`: Sinch may have done it. Ask Sinch first. `earlier`: nothing was sent now; it may have been done before, with other
 *   content.
 * - `stopped`: it was not done, and is no longer wanted.
 */
export type Attempted<T> =
  | { kind: 'answered'; answer: T }
  | { kind: 'refused'; failure: CallFailure }
  | { kind: 'unknown'; earlier: boolean }
  | { kind: 'stopped' };

const WORTH_ANOTHER_TRY: readonly FailureType[] = [
  'SinchRateLimited',
  'SinchUnavailable',
  'SinchUnauthorized',
  'SinchProjectUnknown',
];

/** These prove that the request was not processed, and are temporary. */
function isWorthAnotherTry({ type }: CallFailure): boolean {
  return WORTH_ANOTHER_TRY.includes(type);
}

interface Call<T> {
  kind: OnceOnly;
  /** The name of the call, for operators. */
  name: string;
  run: () => Promise<T>;
  /** Asked before each issue. */
  wanted: () => boolean;
  /** No issue starts later, milliseconds since the epoch. */
  until: number;
  /** Before a reservation wrong credentials end the call. After it the call is retried until they are right. */
  unauthorizedIsFinal: boolean;
}

/** Issues a call again only after proof that it was not processed. The order keeps the length of the wait. */
export async function atMostOnce<T>(
  order: Order,
  { kind, name, run, wanted, until, unauthorizedIsFinal }: Call<T>,
): Promise<Attempted<T>> {
  for (;;) {
    const summary = `${name}: waiting to try again after ${order.retry?.after ?? 'a failure'}`;
    await waitForNotBefore(order, () => !wanted(), summary);
    weighHistory(order);
    if (!wanted() || Date.now() >= until) return { kind: 'stopped' };
    if (order.doubts?.[kind]) {
      order.doubts[kind] = false;
      addNotice(order, `${name} is not sent: the order may have done so before`);
      return { kind: 'unknown', earlier: true };
    }
    try {
      const answer = await run();
      delete order.retry;
      knows(order, kind);
      return { kind: 'answered', answer };
    } catch (error) {
      const failure = callFailureOf(error);
      const final = failure.type === 'SinchUnauthorized' && unauthorizedIsFinal;
      if (isWorthAnotherTry(failure) && !final) {
        tryAgainLater(order, name, failure, until);
        continue;
      }
      delete order.retry;
      knows(order, kind);
      if (failure.earlier) addNotice(order, `${name} was not sent: the order may have done so before the restore`);
      return failure.type === 'SinchOutcomeUnknown'
        ? { kind: 'unknown', earlier: failure.earlier ?? false }
        : { kind: 'refused', failure };
    }
  }
}

/** Its calls so far are known, or Sinch will be asked: only another restore of the database can put that in doubt. */
function knows(order: Order, kind: OnceOnly): void {
  if (order.knownSince) order.knownSince[kind] = Date.now();
}

function tryAgainLater(order: Order, name: string, { type, retryAfterMs = 0 }: CallFailure, until: number): void {
  const { retry } = order;
  const doubled = retry ? Math.min(retry.wait * 2, LONGEST_WAIT_MS) : FIRST_WAIT_MS;
  const wait = type === 'SinchUnauthorized' ? LONGEST_WAIT_MS : doubled;
  const pause = Math.min(Math.max(wait, retryAfterMs), Math.max(1, until - Date.now()));
  // An outage of days would push out every other notice: once the wait stops growing, there is nothing new.
  if (wait < LONGEST_WAIT_MS || retry?.after !== type) {
    addNotice(order, `${name} was not processed (${type}); trying again in ${Math.ceil(pause / 1_000)} s`);
  }
  order.retry = { after: type, wait };
  order.notBefore = Date.now() + pause;
}
