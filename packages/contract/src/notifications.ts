import type { FailureType } from './failures';
import type { Titled } from './titles';

/** The notifications to a requester: the `type` of the CloudEvents body. A test compares docs/notifications.md with it. */
export const NOTIFICATIONS = {
  'order.reserved': 'Numbers are reserved. Send what is `missing` before `expireTime`.',
  'order.kyc_refused': 'Sinch refused a registration; `fields` names the wrong fields.',
  'order.kyc_reminder': 'Time is running out for KYC that is `missing` or that the reviewers wait for.',
  'order.submitted': 'The order was submitted for review.',
  'order.action_required': 'The reviewers, or an order that awaits corrected KYC, need input to continue.',
  'order.review_feedback': 'The reviewers wrote something new about an order that is in review or blocked.',
  'order.completed': 'The numbers are bought.',
  'order.expired': 'The reservation lapsed, and the order has ended.',
  'order.rejected': 'The reviewers rejected the order, and it has ended.',
  'order.unavailable': 'No number was available, and the order has ended.',
  'order.cancelled': 'The order was cancelled, and has ended.',
  'order.failed': 'The order failed before anything was reserved; `failure` says why.',
} as const satisfies Record<string, string>;

export type NotificationType = keyof typeof NOTIFICATIONS;

/** Notifications that ask for KYC: they carry `kycUrl` if the KYC page is served. */
export const KYC_NOTIFICATIONS: readonly NotificationType[] = [
  'order.reserved',
  'order.kyc_refused',
  'order.kyc_reminder',
  'order.action_required',
  'order.review_feedback',
];

/** The `data` of the CloudEvents body. Names and ids only: violation texts, reviewers' messages and file names can echo KYC. */
export interface NotificationData {
  /** The order's stage; for `order.failed`, the stage in which it failed. */
  stage: string;
  /** @asType integer */
  attempt: number;
  sinchOrderId?: string;
  phoneNumbers: string[];
  /** RFC 3339, of the current reservation. */
  expireTime?: string;
  /** What is still awaited: `registration` and attachment ids. */
  missing: string[];
  /** The same for people. */
  missingTitles: Titled[];
  /** For `order.kyc_refused`: names of the refused fields. */
  fields?: string[];
  /** The refused fields that have a title in the requirements. */
  fieldTitles?: { field: string; title: string }[];
  /**
   * A link to the KYC page, for the person who has the KYC: a secret. Signed for each delivery, and never in an argument, a
   * result or history.
   */
  kycUrl?: string;
  /** For `order.failed`. */
  failure?: FailureType;
}

/** The body of a notification: CloudEvents 1.0, signed according to Standard Webhooks. */
export interface NotificationEvent {
  specversion: '1.0';
  /** The same for every delivery of one notification, like the header `webhook-id`. */
  id: string;
  source: string;
  type: NotificationType;
  /** RFC 3339, when it happened. */
  time: string;
  /** The order's reference. */
  subject?: string;
  datacontenttype: 'application/json';
  data: NotificationData;
}
