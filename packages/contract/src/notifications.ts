import type { FailureType } from './failures';
import type { Titled } from './titles';

/** What a requester is told, and when: the `type` of the CloudEvents body. docs/notifications.md is held to it by a test. */
export const NOTIFICATIONS = {
  'order.reserved': 'Numbers are reserved; until `expireTime`, what is `missing` must come.',
  'order.kyc_refused': 'Sinch refused a registration; `fields` names what is wrong.',
  'order.kyc_reminder': 'Time is running out for KYC that is `missing`, or that the reviewers wait for.',
  'order.submitted': 'The order was handed to the reviewers.',
  'order.action_required': 'The reviewers, or an order that waits for corrected KYC, cannot go on without somebody.',
  'order.review_feedback': 'The reviewers wrote something new about an order that they have in review or blocked.',
  'order.completed': 'The numbers are bought.',
  'order.expired': 'The reservation lapsed, and the order has ended.',
  'order.rejected': 'The reviewers rejected the order, and it has ended.',
  'order.unavailable': 'No number could be had, and the order has ended.',
  'order.cancelled': 'The order was cancelled, and has ended.',
  'order.failed': 'The order failed before anything was reserved; `failure` says why.',
} as const satisfies Record<string, string>;

export type NotificationType = keyof typeof NOTIFICATIONS;

/** Those that ask somebody for KYC: they carry `kycUrl` where the KYC page is served. */
export const KYC_NOTIFICATIONS: readonly NotificationType[] = [
  'order.reserved',
  'order.kyc_refused',
  'order.kyc_reminder',
  'order.action_required',
  'order.review_feedback',
];

/** The `data` of the CloudEvents body. Names and ids only: violation texts, reviewers' messages and file names can echo KYC. */
export interface NotificationData {
  /** Where the order stood; of `order.failed`, where it failed. */
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
  /** Of `order.kyc_refused`: names of the fields that were refused. */
  fields?: string[];
  /** Those of the fields that the requirements have a title for. */
  fieldTitles?: { field: string; title: string }[];
  /**
   * A link to the KYC page, for the person who has the KYC: a secret. Signed anew at each delivery, and never in an argument, a
   * result or history.
   */
  kycUrl?: string;
  /** Of `order.failed`. */
  failure?: FailureType;
}

/** What a requester is posted: CloudEvents 1.0, signed as the Standard Webhooks specification says. */
export interface NotificationEvent {
  specversion: '1.0';
  /** The same at each delivery of one occasion, as is the header `webhook-id`. */
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
