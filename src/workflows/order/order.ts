import {
  type Attachment,
  type CancelRequest,
  type Compensation,
  type FailureType,
  type Notice,
  type NumberOrderRequest,
  type Price,
  type Provisioning,
  type Registration,
  type ReservationRecord,
  type ReviewLogEntry,
  type Stage,
  type ViewAttachment,
  type ViewRequirements,
  type Violation,
  clip,
  LIMITS,
  REQUEST_DEFAULTS,
} from '@number-orders/contract';
import type { ApplicationFailure } from '@temporalio/workflow';
import { requestDetailsOf } from '../../requirements/required';
import type {
  NumberOrder,
  Notification,
  NumberOrderState,
  OrderPolicy,
  ReviewLogMark,
  WantedLinks,
} from '../../activities';

/** Times in this file are milliseconds since the epoch, on the workflow's clock, unless they say RFC 3339. */

export interface RegistrationPiece {
  /** As its sender wrote it. What is sent depends on the reservation: see reservation/registration-to-send.ts. */
  requestDetails: Record<string, unknown>;
  /** NOT_SENT: it does not fit the current reservation. */
  status: 'RECEIVED' | 'SENT' | 'REFUSED' | 'NOT_SENT';
}

export interface AttachmentPiece extends Attachment {
  status: ViewAttachment['status'];
  reason?: string;
  /** The one that Sinch has already accepted, and keeps if it refuses this one. */
  earlier?: AttachmentPiece;
}

/** How the numbers that Sinch holds differ from those that were requested. */
export interface Deviation {
  /** The request in words. */
  askedFor: string;
  /**
   * Fewer numbers, or another one that fits the search, are acceptable. Other numbers, or more of them, are not: they would be
   * billed.
   */
  acceptable: boolean;
}

/** Why a signal was ignored: a few values, as it is a label of a metric. */
export type IgnoredBecause = 'MALFORMED' | 'UNDECODABLE' | 'UNKNOWN' | 'TOO_MANY';

/** Shown on the board, as the notices may be full of other things by then. */
export interface IgnoredSignals {
  count: number;
  last: { time: number; signal: string; because: IgnoredBecause };
}

/** A period in which something is awaited. */
export interface Awaited {
  from: number;
  until: number;
  /** Holds the number of reminders sent. */
  reminded: { remindersSent: number };
}

/** The length of Sinch's usual reservation, used when Sinch tells none. */
export const USUAL_RESERVATION_MS = 48 * 3_600_000;

/** The reservation of the current attempt. */
export interface Reservation {
  sinchOrderId: string;
  /** As Sinch last named them. Until then, those that were requested. */
  phoneNumbers: string[];
  /** The number that was requested; none for a quantity of Sinch's choice. */
  asked: string[];
  /** Set if Sinch holds other numbers than requested. */
  deviation?: Deviation;
  prices: Price[];
  state: NumberOrderState;
  /** A state of Sinch's that this version does not know, as Sinch names it. */
  unknownState?: string;
  createdAt: number;
  expiresAt: number;
  /** No submit starts after it. */
  deadline: number;
  /** The deadline's timer has fired. Conditions read this, never the clock: see docs/decisions/0008. */
  overdue: boolean;
  /** Sinch still holds it after its end, and a renewal waits for its release. */
  lapseAwaited?: boolean;
  remindersSent: number;
  /** A submit was sent: from now on only Sinch's state ends the reservation, and it is never submitted again. */
  submitted: boolean;
  /** It is unknown whether the submit went through. Sinch is asked before anything else. */
  submitUnclear?: boolean;
  /** Sinch refused the submit, or an operator must act: not retried before something changes. */
  heldBack: boolean;
  /** While it is held back: when it is retried automatically. Undefined: something must change first. */
  submitAgainAt?: number;
  /** The number of submissions that Sinch did not accept for unknown reasons. */
  submitsInVain?: number;
  /** Until when a piece of KYC that was sent without an answer may still arrive: `registration`, or `attachment <id>`. */
  sendsInDoubt?: Record<string, number>;
  /** When Sinch answered 404: its state is unknown, and nothing more is sent. */
  lostAt?: number;
  /** How long the reviewers' log was when it was last read, and when its last entry was written. */
  reviewLogSeen?: ReviewLogMark;
  /** The reviewers may have written because of something that happened since. */
  lookSoon?: boolean;
  reviewersWait?: ReviewersWait;
}

/** The reviewers wait for the customer: they have blocked the order, or have written while it was in review. */
export interface ReviewersWait {
  /** Since when they have received nothing. Undefined: KYC was sent since, and may satisfy them. */
  since?: number;
  remindersSent: number;
}

/** A creation that was never answered: it may have reserved these numbers (none: a quantity of Sinch's choice). */
export interface UnconfirmedCreation {
  phoneNumbers: string[];
  /** Sinch may have processed it at any time between the two. */
  startedAt: number;
  failedAt: number;
  /** The Sinch order that it led to, once a callback has named it. */
  sinchOrderId?: string;
  /** It was made by an earlier run, so its order may be submitted as well. */
  earlier?: true;
}

/** What became of a reservation. */
export interface PastReservation extends ReservationRecord {
  /** Set if it was never confirmed: identifies its Sinch order later. */
  creation?: UnconfirmedCreation;
  /** The links of the numbers that were bought. */
  prices?: Price[];
}

/** The progress of an attempt in RESERVING, for a new run to continue. */
export interface Reserving {
  /** No creation starts later. */
  until: number;
  /** Numbers of a search that others took first: the last of them, and their count. */
  tried: string[];
  taken: number;
  /** The number of searches in a row that found only numbers tried before. */
  emptySearches?: number;
  /** Creations whose outcome is unknown. */
  unclear: number;
}

/** A call that was not processed and is retried. */
export interface Retry {
  after: FailureType;
  /** The length of the last wait. */
  wait: number;
}

/** After a rejection: the period in which corrected KYC is awaited, and when the last of it arrived. */
export interface Correction {
  from: number;
  until: number;
  remindersSent: number;
  lastPieceAt?: number;
}

/** The whole state of an order. Plain data: continue-as-new passes it on unchanged. */
export interface Order {
  /** Without its KYC, which lives in `registration` and `attachments`. */
  request: Omit<NumberOrderRequest, 'registration' | 'attachments'>;
  /** The worker's policy when the order began. Read it with `policyOf`. */
  policy?: OrderPolicy;
  stage: Stage;
  attempt: number;
  renewals: number;
  corrections: number;
  /** No worker knew its Sinch project when it began. It waits until one does. */
  unknownProject?: true;
  /** Null: no KYC is needed. Undefined: not looked up yet. */
  requirements?: ViewRequirements | null;
  /** Found together with the requirements, and not tried yet. Null: nothing was found. */
  availableNumber?: string | null;
  /** While RESERVING. */
  reserving?: Reserving;
  retry?: Retry;
  /** Nothing is searched, created or submitted before this time. A new run waits for the rest of it. */
  notBefore?: number;
  reservation?: Reservation;
  unconfirmed: UnconfirmedCreation[];
  /** Sinch lost an order that was submitted. It may have been bought, so nothing is ordered again. */
  lostAfterSubmit: boolean;
  /** Earlier reservations. */
  reservations: PastReservation[];
  registration?: RegistrationPiece;
  attachments: Record<string, AttachmentPiece>;
  /** The store has, or had, a file of this order, even if it was refused. */
  filesStaged: boolean;
  /** Attachment ids, or `registration`. */
  waived: string[];
  violations: Violation[];
  correction?: Correction;
  reviewLog: ReviewLogEntry[];
  provisioning: Provisioning[];
  provisioningUntil?: number;
  notices: Notice[];
  ignored?: IgnoredSignals;
  cancel?: CancelRequest;
  /** Links to the KYC page that were signed before this time are invalid. */
  kycLinksRevokedAt?: number;
  /** Calls that this order may have made although its history has none. The next one is not sent: Sinch is asked first. */
  doubts?: Record<OnceOnly, boolean>;
  /** From this time on its history, or Sinch, tells whether it made such a call. Milliseconds since the epoch. */
  knownSince?: Record<OnceOnly, number>;
  erased: boolean;
  /** The fitting part of the KYC profile was copied, or there is no profile. */
  profileTaken?: true;
  seenEvents: string[];
  /** Ids of Sinch orders that callbacks named during RESERVING. They are read afterwards. */
  traces: string[];
  /** Messages handled by this run, and in all. */
  messages: number;
  messagesInAll: number;
  /** This run's history is long enough to begin another. */
  newRunDue: boolean;
  /** It is so large that updates are refused and KYC is kept for the next run. */
  runFull: boolean;
  undelivered: Notification[];
  compensations: Compensation[];
  /** Why the order fails. Set at the end of a run, for callers that still wait for an answer. */
  failure?: ApplicationFailure;
}

/** What must not happen twice. */
export type OnceOnly = 'creation' | 'submission';

export function newOrder(request: NumberOrderRequest): Order {
  const { registration, attachments = [], ...rest } = request;
  return {
    request: rest,
    stage: 'LOOKING_UP',
    attempt: 1,
    renewals: 0,
    corrections: 0,
    unconfirmed: [],
    lostAfterSubmit: false,
    reservations: [],
    ...(registration && { registration: registrationPiece(registration) }),
    attachments: Object.fromEntries(attachments.map((piece) => [piece.attachmentId, { ...piece, status: 'RECEIVED' }])),
    filesStaged: attachments.length > 0,
    waived: [],
    violations: [],
    reviewLog: [],
    provisioning: [],
    notices: [],
    knownSince: { creation: Date.now(), submission: Date.now() },
    erased: false,
    seenEvents: [],
    traces: [],
    messages: 0,
    messagesInAll: 0,
    newRunDue: false,
    runFull: false,
    undelivered: [],
    compensations: [],
  };
}

export function registrationPiece(registration: Registration): RegistrationPiece {
  return { requestDetails: requestDetailsOf(registration), status: 'RECEIVED' };
}

/** What the request says, or the contract's default. */
export function option<K extends Exclude<keyof typeof REQUEST_DEFAULTS, 'requestedQuantity'>>(
  { request }: Order,
  name: K,
): NonNullable<NumberOrderRequest[K]> {
  return (request[name] ?? REQUEST_DEFAULTS[name]) as NonNullable<NumberOrderRequest[K]>;
}

/** What the numbers are to be linked to once they are bought. */
export function wantedLinks({ request: { smsConfiguration, voiceConfiguration } }: Order): WantedLinks {
  return { ...(smsConfiguration && { smsConfiguration }), ...(voiceConfiguration && { voiceConfiguration }) };
}

/** Keeps what was known of numbers that were not read. */
export function takeLinks(order: Order, seen: Provisioning[]): void {
  const sameLink = (a: Provisioning, b: Provisioning) => a.phoneNumber === b.phoneNumber && a.target === b.target;
  order.provisioning = order.provisioning.map((link) => seen.find((each) => sameLink(each, link)) ?? link);
}

const NOTICE_BYTES = 1_000;

export function addNotice(order: Order, message: string): void {
  order.notices.push({ time: new Date(Date.now()).toISOString(), message: clip(message, NOTICE_BYTES) });
  if (order.notices.length > LIMITS.notices) order.notices.shift();
}

/** The last refusal, for the sender. It can echo KYC, so an erased order shows none. */
export function showViolations(order: Order, violations: Violation[]): void {
  order.violations = order.erased ? [] : violations;
}

/** The current reservation. Calling this without one is a bug. */
export function currentReservation(order: Order): Reservation {
  if (!order.reservation) throw new Error('There is no reservation');
  return order.reservation;
}

/** Ends the current reservation and records its outcome. */
export function closeReservation(order: Order, state: ReservationRecord['state']): void {
  const { sinchOrderId, phoneNumbers, expiresAt, deviation, prices } = currentReservation(order);
  const expireTime = new Date(expiresAt).toISOString();
  order.reservations.push({
    sinchOrderId,
    phoneNumbers,
    state,
    expireTime,
    ...(deviation && { askedFor: deviation.askedFor }),
    ...(state === 'COMPLETED' && { prices }),
    ...(deviation?.acceptable === false && state !== 'COMPLETED' && { accepted: false }),
  });
  delete order.reservation;
}

/** The order's last reservation. One that it did not accept, or that an unconfirmed creation led to, does not count. */
export function lastReserved({ reservations }: Order): PastReservation | undefined {
  return reservations.findLast(
    ({ sinchOrderId, accepted, creation }) =>
      sinchOrderId !== undefined && accepted !== false && creation === undefined,
  );
}

/** The order's state, as Sinch names it. */
export function sinchStateOf({ state, unknownState }: Pick<NumberOrder, 'state' | 'unknownState'>): string {
  return unknownState ?? state;
}
