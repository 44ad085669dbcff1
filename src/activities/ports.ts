import type { Client } from '@temporalio/client';
import type { NumberOrderRequest } from '@number-orders/contract';
import type { Notifier } from '../notifications/notifier';
import type { SinchClient } from '../sinch';
import type { AttachmentStore } from '../store/attachment-store';
import type { RecordStore } from '../store/record-store';

/** The interval between two polls of something that Sinch is still working on: doubling from `initialMs` up to `maxMs`. */
export interface PollInterval {
  initialMs: number;
  maxMs: number;
}

/** How a failed activity is retried: after `initialMs`, doubling up to `maxMs`, and no longer than `forMs`; unset: forever. */
export interface RetryTimes extends PollInterval {
  forMs?: number;
}

/** The operators' settings for orders. The workflow reads them once, so that its history holds them. */
export interface OrderPolicy {
  /**
   * Whether an order reads requirements and numbers in a local activity as it begins. Off if a fleet-wide rate limit must count
   * every call.
   */
  localReads: boolean;
  /** The task queue of rate-limited calls to Sinch; undefined: the same as all others. */
  sinchTaskQueue?: string;
  /** No submit starts later than this before the reservation lapses, or 5 % of a short window. */
  deadlineMarginMs: number;
  /** How long linking to SMS and voice may take before the order ends without it. */
  provisioningTimeoutMs: number;
  /** How long reviewers wait for the customer before they give up, as far as known. Reminders are sent before. */
  reviewersPatienceMs: number;
  /** After corrected KYC, how long nothing more may arrive before the order is placed again. */
  correctionQuietMs: number;
  /** After a call with unknown outcome, how long until Sinch must have processed it: longer than a request can take. */
  settleMs: number;
  /** Shares of the available time, ascending. After each the requester gets a reminder. */
  reminders: number[];
  /** An attempt starts no creation later than this after it has begun to reserve. */
  reserveForMs: number;
  /** How many searches in a row may find nothing new before the order gives up. */
  searches: number;
  /** How many numbers of a search may be taken by others in a row before the order waits between two. */
  candidates: number;
  /** How many creations of one attempt may stay unconfirmed before the order waits for an operator. */
  unconfirmedCreations: number;
  /** How often Sinch is asked whether a reservation has lapsed before it is left LAPSING. */
  lapseLooks: number;
  /** How long after its end a renewal waits for Sinch to release a reservation. */
  lapseAwaitedMs: number;
  /** How failed activities are retried. `calls`: all others. */
  retries: { calls: RetryTimes; uploads: RetryTimes; releases: RetryTimes; notifications: RetryTimes };
  /** Continue as new after this many history events, and after this many messages. */
  continueAsNewEvents: number;
  continueAsNewMessages: number;
}

/** Everything the activities need from outside. */
export interface ActivityPorts {
  sinch: SinchClient;
  store: AttachmentStore;
  records: RecordStore;
  /** Starts an order as the client library does, or attaches to it. Returns the reason if it is refused. */
  startOrder: (
    client: Client,
    taskQueue: string,
    request: NumberOrderRequest,
    newAttempt: boolean,
  ) => Promise<string | undefined>;
  /** How long documents are kept whose order is not open. */
  retentionMs: number;
  notifier: Notifier;
  /** Signs a link to the KYC page of an order's run; undefined: there is no page. */
  kycUrl?: (order: { reference: string; firstRunId: string }) => Promise<string>;
  policy: OrderPolicy;
  polls: { upload: PollInterval; review: PollInterval; provisioning: PollInterval };
  /** The callback URL for an attempt of an order; undefined: only polling. */
  callbackUrl: (reference: string, attempt: number) => string | undefined;
  /** When Temporal's database was restored, milliseconds since the epoch: what orders did before it may be missing in their histories. */
  restoredAt?: number;
}
