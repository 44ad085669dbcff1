import type { Notification, RetryTimes } from '../../activities';
import { notifications } from '../calls/activities';
import { retryOptions } from '../calls/retry-times';

/**
 * Delivers what was left to notify when an order ended. Each is tried on its own; one that fails is seen in the UI.
 * @param times the order's policy; undefined: it failed before it had one
 */
export async function deliverNotifications(undelivered: Notification[], times?: RetryTimes): Promise<void> {
  const retried = times && retryOptions(times);
  const deliveries = undelivered.map((notification) =>
    notifications.notify.executeWithOptions({ ...retried, summary: notification.type }, [notification]),
  );
  const failed = (await Promise.allSettled(deliveries)).find((delivery) => delivery.status === 'rejected');
  if (failed) throw failed.reason;
}
