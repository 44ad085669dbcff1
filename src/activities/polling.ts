import { activityInfo } from '@temporalio/activity';
import { notYet } from './failures';
import type { PollInterval } from './ports';

/** The failure that makes Temporal run this activity again later: further apart the longer it has been waiting. */
export function lookAgainLater(message: string, { initialMs, maxMs }: PollInterval): Error {
  const { attempt } = activityInfo();
  return notYet(message, Math.min(maxMs, initialMs * 2 ** Math.min(attempt - 1, 30)));
}
