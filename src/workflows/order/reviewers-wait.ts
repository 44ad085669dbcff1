import type { Order, Awaited } from './order';

/**
 * When reviewers who receive nothing may give up. Undefined: they wait for nothing, or the order is cancelled and sends nothing
 * more.
 */
export function reviewersGiveUpAt({ reservation, policy, cancel }: Order): number | undefined {
  const since = reservation?.reviewersWait?.since;
  return since === undefined || !policy || cancel ? undefined : since + policy.reviewersPatienceMs;
}

/** What the reviewers wait for, for reminders. */
export function awaitedByReviewers(order: Order): Awaited | undefined {
  const until = reviewersGiveUpAt(order);
  const wait = order.reservation?.reviewersWait;
  return until === undefined || wait?.since === undefined ? undefined : { from: wait.since, until, reminded: wait };
}
