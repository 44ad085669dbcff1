import { activityInfo } from '@temporalio/activity';
import { backOff } from '@number-orders/contract';
import { notYet } from './typed-failures';
import type { PollInterval } from './ports';

/**
 * The failure that makes Temporal run this activity again later: further apart the longer it has been waiting.
 * @param deadline milliseconds since the epoch: it is not slept through
 */
export function lookAgainLater(message: string, { initialMs, maxMs }: PollInterval, deadline = 0): Error {
  const leftMs = deadline - Date.now();
  return notYet(message, backOff({ firstMs: initialMs, longestMs: maxMs, tries: activityInfo().attempt, leftMs }));
}
