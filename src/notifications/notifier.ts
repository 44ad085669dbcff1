import type { NotificationData, NotificationType } from '@number-orders/contract';

/** One notification to the requester. */
export interface Notification {
  /** The `webhook-id`: the same for every delivery attempt of one notification. */
  id: string;
  type: NotificationType;
  /** RFC 3339. */
  time: string;
  url: string;
  /** Empty: the order was started under an id that is not an order's. */
  reference: string;
  data: NotificationData;
}

/** Thrown when a notification will never be delivered: its URL is not allowed, or the receiver refuses it permanently. */
export class NotificationRefusedError extends Error {
  override readonly name = 'NotificationRefusedError';
}

/** Notifies the requester. Resolves when the receiver has accepted it. After any other error it is retried. */
export interface Notifier {
  /** @throws {NotificationRefusedError} */
  notify(notification: Notification): Promise<void>;
}
