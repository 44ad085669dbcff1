import type { ActivityOptions } from '@temporalio/workflow';
import type { Activities, OrderPolicy, RetryTimes } from '../../activities';

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
