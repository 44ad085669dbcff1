import type { Order, Awaited } from './order';

/** When reviewers who hear nothing may give up. Undefined: they wait for nothing, or a cancelled order sends nothing more. */
export function reviewersGiveUpAt({ reservation, policy, cancel }: Order): number | undefined {
  const since = reservation?.reviewersWait?.since;
  return since === undefined || !policy || cancel ? undefined : since + policy.reviewersPatienceMs;
}

/** What the reviewers wait for, as far as the requester is reminded of it. */
export function awaitedByReviewers(order: Order): Awaited | undefined {
  const until = reviewersGiveUpAt(order);
  const wait = order.reservation?.reviewersWait;
  return until === undefined || wait?.since === undefined ? undefined : { from: wait.since, until, reminded: wait };
}
