import { activityInfo } from '@temporalio/activity';
import { backOff } from '@number-orders/contract';
import { notYet } from './typed-failures';
import type { PollInterval } from './ports';

/**
 * The failure that makes Temporal run this activity again later, at growing intervals.
 * @param deadline milliseconds since the epoch: no interval exceeds it
 */
export function lookAgainLater(message: string, { initialMs, maxMs }: PollInterval, deadline = 0): Error {
  const leftMs = deadline - Date.now();
  return notYet(message, backOff({ firstMs: initialMs, longestMs: maxMs, tries: activityInfo().attempt, leftMs }));
}
