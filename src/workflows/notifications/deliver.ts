import type { Notification, RetryTimes } from '../../activities';
import { notifications } from '../calls/activities';
import { retryOptions } from '../calls/retry-times';

/**
 * Delivers the notifications that were pending when an order ended. Each is retried separately. The UI shows those that fail.
 * @param times the order's policy; undefined: the order failed before it had one
 */
export async function deliverNotifications(undelivered: Notification[], times?: RetryTimes): Promise<void> {
  const retried = times && retryOptions(times);
  const deliveries = undelivered.map((notification) =>
    notifications.notify.executeWithOptions({ ...retried, summary: notification.type }, [notification]),
  );
  const failed = (await Promise.allSettled(deliveries)).find((delivery) => delivery.status === 'rejected');
  if (failed) throw failed.reason;
}
