/** What a requester is told, and when. The `type` of the CloudEvents body. */
export type NotificationType =
  | 'order.reserved'
  | 'order.kyc_refused'
  | 'order.kyc_reminder'
  | 'order.submitted'
  | 'order.action_required'
  | 'order.completed'
  | 'order.expired'
  | 'order.rejected'
  | 'order.unavailable'
  | 'order.cancelled';

/** One occasion. Field names and ids only: violation texts, reviewers' messages and file names can echo KYC. */
export interface Notification {
  /** The `webhook-id`: one for each occasion, the same at every delivery of it. */
  id: string;
  type: NotificationType;
  /** RFC 3339. */
  time: string;
  url: string;
  reference: string;
  data: {
    stage: string;
    attempt: number;
    sinchOrderId?: string;
    phoneNumbers: string[];
    expireTime?: string;
    /** What is still awaited: `registration` and attachment ids. */
    missing: string[];
    /** Names of the fields that were refused. */
    fields?: string[];
  };
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
