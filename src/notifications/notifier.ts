import type { NotificationData, NotificationType } from '@number-orders/contract';

/** One occasion to tell the requester. */
export interface Notification {
  /** The `webhook-id`: one for each occasion, the same at every delivery of it. */
  id: string;
  type: NotificationType;
  /** RFC 3339. */
  time: string;
  url: string;
  /** Empty: the order was started under an id that is no order's. */
  reference: string;
  data: NotificationData;
}

/** Thrown when a notification will never be delivered: its URL is not allowed, or the receiver has refused it for good. */
export class NotificationRefusedError extends Error {
  override readonly name = 'NotificationRefusedError';
}

/** Tells the requester. Resolves when the receiver has taken it; any other error means: try again later. */
export interface Notifier {
  /** @throws {NotificationRefusedError} */
  notify(notification: Notification): Promise<void>;
}
