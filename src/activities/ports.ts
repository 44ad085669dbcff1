import type { Client } from '@temporalio/client';
import type { NumberOrderRequest } from '@number-orders/contract';
import type { Notifier } from '../notifications/notifier';
import type { SinchClient } from '../sinch';
import type { AttachmentStore } from '../store/attachment-store';
import type { RecordStore } from '../store/record-store';

/** How long to wait between two looks at something Sinch is still working on: doubling from `initialMs` up to `maxMs`. */
export interface PollInterval {
  initialMs: number;
  maxMs: number;
}

/** How a failed activity is retried: after `initialMs`, doubling up to `maxMs`, and no longer than `forMs`; unset: for ever. */
export interface RetryTimes extends PollInterval {
  forMs?: number;
}

/** What the operators' settings say about every order. The workflow reads it once, so that its history holds it. */
export interface OrderPolicy {
  /** Requirements and numbers are asked for once, in a local activity, as an order begins. Off where a fleet-wide rate limit must count every call. */
  localReads: boolean;
  /** Where calls to Sinch go when their rate is limited; undefined: nowhere else than the rest. */
  sinchTaskQueue?: string;
  /** No submit starts later than this before the reservation lapses, or 5 % of a short window. */
  deadlineMarginMs: number;
  /** How long linking to SMS and voice may take before the order ends without it. */
  provisioningTimeoutMs: number;
  /** How long reviewers wait for the customer before they give up, as far as is known. Reminders come before. */
  reviewersPatienceMs: number;
  /** After corrected KYC, how long nothing more must arrive before the order is placed again. */
  correctionQuietMs: number;
  /** After a call with unknown outcome, how long until Sinch must have processed it: longer than a request can take. */
  settleMs: number;
  /** Shares of the time that is left for something, ascending. After each the requester is reminded of it. */
  reminders: number[];
  /** No creation starts later than this after an attempt has begun to reserve. */
  reserveForMs: number;
  /** Searches in a row that find nothing new before the order gives up. */
  searches: number;
  /** Numbers of a search that others may take in a row before the order waits between two. */
  candidates: number;
  /** Creations of one attempt that may stay unconfirmed before the order waits for an operator. */
  unconfirmedCreations: number;
  /** How often Sinch is asked whether a reservation has lapsed before it is left LAPSING. */
  lapseLooks: number;
  /** How long after its end a renewal waits for Sinch to release a reservation. */
  lapseAwaitedMs: number;
  /** How failed activities are retried. `calls`: all that are not named here. */
  retries: { calls: RetryTimes; uploads: RetryTimes; releases: RetryTimes; notifications: RetryTimes };
  /** Continue as new after this many history events, and after this many messages. */
  continueAsNewEvents: number;
  continueAsNewMessages: number;
  /** No setting: an order that began on 0.1.0 does without. */
  commandInEveryTask?: boolean;
}

/** Everything the activities need from outside. */
export interface ActivityPorts {
  sinch: SinchClient;
  store: AttachmentStore;
  records: RecordStore;
  /** Starts an order as the client library does, or attaches to it. What it answers is why not. */
  startOrder: (
    client: Client,
    taskQueue: string,
    request: NumberOrderRequest,
    newAttempt: boolean,
  ) => Promise<string | undefined>;
  /** How long documents are left alone whose order is not open. */
  retentionMs: number;
  notifier: Notifier;
  /** Signs a link to the KYC page of an order's run; undefined: there is no page. */
  kycUrl?: (order: { reference: string; firstRunId: string }) => Promise<string>;
  policy: OrderPolicy;
  polls: { upload: PollInterval; review: PollInterval; provisioning: PollInterval };
  /** Where Sinch shall post callbacks about an attempt of an order; undefined: polling alone. */
  callbackUrl: (reference: string, attempt: number) => string | undefined;
  /** When Temporal's database was restored, milliseconds since the epoch: what orders did before it may be missing in their histories. */
  restoredAt?: number;
}
