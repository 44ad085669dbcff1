import type { Notification } from '../../activities';
import { notifications } from '../calls/activities';

/** Delivers what was left to notify when an order ended. Each is tried on its own; one that fails is seen in the UI. */
export async function deliverNotifications(undelivered: Notification[]): Promise<void> {
  const deliveries = undelivered.map((notification) =>
    notifications.notify.executeWithOptions({ summary: notification.type }, [notification]),
  );
  const failed = (await Promise.allSettled(deliveries)).find((delivery) => delivery.status === 'rejected');
  if (failed) throw failed.reason;
}
