import type { ActivityOptions } from '@temporalio/workflow';
import type { Activities, OrderPolicy, RetryTimes } from '../../activities';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Of workflows without a policy: batches, sweeps, and an order that failed before it had one. */
export const USUAL_RETRIES: OrderPolicy['retries'] = {
  calls: { initialMs: SECOND, maxMs: MINUTE },
  uploads: { initialMs: SECOND, maxMs: MINUTE },
  releases: { initialMs: SECOND, maxMs: 10 * MINUTE, forMs: DAY },
  notifications: { initialMs: 5 * SECOND, maxMs: HOUR, forMs: 3 * DAY },
};

type Retried = keyof OrderPolicy['retries'];

/** All others are retried as `calls`. */
const RETRIED: Partial<Record<keyof Activities, Retried>> = {
  uploadAttachment: 'uploads',
  releaseNumber: 'releases',
  notify: 'notifications',
};

export function retryTimesOf(activityType: string, retries: OrderPolicy['retries']): RetryTimes {
  return retries[RETRIED[activityType as keyof Activities] ?? 'calls'];
}

/** The same times as Temporal's retry options. */
export function retryOptions({
  initialMs,
  maxMs,
  forMs,
}: RetryTimes): Pick<ActivityOptions, 'retry' | 'scheduleToCloseTimeout'> {
  return {
    retry: { initialInterval: initialMs, backoffCoefficient: 2, maximumInterval: maxMs },
    ...(forMs !== undefined && { scheduleToCloseTimeout: forMs }),
  };
}
