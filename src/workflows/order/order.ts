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
  /** As its sender wrote it. What is sent of it depends on the reservation: see reservation/registration-to-send.ts. */
  requestDetails: Record<string, unknown>;
  /** NOT_SENT: it cannot go to the current reservation as it stands. */
  status: 'RECEIVED' | 'SENT' | 'REFUSED' | 'NOT_SENT';
}

export interface AttachmentPiece extends Attachment {
  status: ViewAttachment['status'];
  reason?: string;
  /** The one that Sinch has taken already, and keeps should it refuse this one. */
  earlier?: AttachmentPiece;
}

/** How what Sinch holds for an order differs from what was asked for. */
export interface Deviation {
  /** In words. */
  askedFor: string;
  /** Fewer numbers, or another one that fits the search, will do. Others, or more of them, are nothing that anybody wants to pay. */
  acceptable: boolean;
}

/** Why a signal was ignored: a few values, as it is a label of a metric. */
export type IgnoredBecause = 'MALFORMED' | 'UNDECODABLE' | 'UNKNOWN' | 'TOO_MANY';

/** What the board tells of them; the notices may be full of other things by then. */
export interface IgnoredSignals {
  count: number;
  last: { time: number; signal: string; because: IgnoredBecause };
}

/** What is awaited from one time until another. */
export interface Awaited {
  from: number;
  until: number;
  /** Where it is kept how many reminders there have been. */
  reminded: { remindersSent: number };
}

/** Sinch's usual reservation, for when it does not say. */
export const USUAL_RESERVATION_MS = 48 * 3_600_000;

/** What Sinch holds for us in the current attempt. */
export interface Reservation {
  sinchOrderId: string;
  /** As Sinch named them last; until it has named any, those that were asked for. */
  phoneNumbers: string[];
  /** The number that was asked for; none for a quantity of Sinch's choice. */
  asked: string[];
  /** Sinch holds something else than was asked for. */
  deviation?: Deviation;
  prices: Price[];
  state: NumberOrderState;
  /** Sinch's own word for a state that we do not know. */
  unknownState?: string;
  createdAt: number;
  expiresAt: number;
  /** No submit starts after it. */
  deadline: number;
  /** The deadline's timer has fired. Conditions go by it, and never by the clock: see docs/decisions/0008. */
  overdue: boolean;
  /** Sinch has it past its end, and a renewal waits for it to let it go. */
  lapseAwaited?: boolean;
  remindersSent: number;
  /** A submit was sent: from then on only Sinch's state ends it, and nothing submits again. */
  submitted: boolean;
  /** Whether the submit that was sent went through is not known yet: asked before anything else. */
  submitUnclear?: boolean;
  /** Sinch refused the submit, or an operator must look: not tried again before something has changed. */
  heldBack: boolean;
  /** While it is held back: when it is tried again by itself. Undefined: something must change first. */
  submitAgainAt?: number;
  /** Submissions that Sinch did not take, though nobody can say why. */
  submitsInVain?: number;
  /** When Sinch answered 404: its state is lost to us, and nothing more is written to it. */
  lostAt?: number;
  /** How long the reviewers' log was when it was last read, and when its last entry was written. */
  reviewLogSeen?: ReviewLogMark;
  /** Something has happened that the reviewers may answer, or have answered. */
  lookSoon?: boolean;
  reviewersWait?: ReviewersWait;
}

/** The reviewers wait for the customer: they have blocked the order, or have written while it was in review. */
export interface ReviewersWait {
  /** They have heard nothing since; undefined: KYC has come, and they may be content with it. */
  since?: number;
  remindersSent: number;
}

/** A creation whose answer never came: it may have reserved these numbers (none: a quantity of Sinch's choice). */
export interface UnconfirmedCreation {
  phoneNumbers: string[];
  /** Sinch may have processed it at any time between the two. */
  startedAt: number;
  failedAt: number;
  /** The Sinch order that it has led to, once a callback has named it. */
  sinchOrderId?: string;
  /** Not this run's: what it may have led to may be submitted as well. */
  earlier?: true;
}

/** What became of a reservation. */
export interface PastReservation extends ReservationRecord {
  /** Of one that never was confirmed: by this an order of Sinch's is known again. */
  creation?: UnconfirmedCreation;
  /** Of what was bought. */
  prices?: Price[];
}

/** How far an attempt has come with reserving: what a new run needs to go on with it. */
export interface Reserving {
  /** No creation starts later. */
  until: number;
  /** Numbers of a search that others took first, the last of them; and how many there were in all. */
  tried: string[];
  taken: number;
  /** Searches in a row that have found nothing that was not tried. */
  emptySearches?: number;
  /** Creations whose outcome is not known. */
  unclear: number;
}

/** A call that was not processed, and is issued again. */
export interface Retry {
  after: FailureType;
  /** How long was waited last. */
  wait: number;
}

/** After a rejection: from when until when corrected KYC is awaited, and when the last of it came. */
export interface Correction {
  from: number;
  until: number;
  remindersSent: number;
  lastPieceAt?: number;
}

/** Everything an order is. Plain data: it continues as new as it stands. */
export interface Order {
  /** Without its KYC, which lives in `registration` and `attachments`. */
  request: Omit<NumberOrderRequest, 'registration' | 'attachments'>;
  /** As the worker said it when the order began. Read it by `policyOf`, which knows what earlier releases left out. */
  policy?: OrderPolicy;
  stage: Stage;
  attempt: number;
  renewals: number;
  corrections: number;
  /** No worker knew its Sinch project as it began: it waits until one does. */
  unknownProject?: true;
  /** Null: none are needed. Undefined: not looked up yet. */
  requirements?: ViewRequirements | null;
  /** Found along with the requirements, and not tried yet. Null: nothing was found. */
  availableNumber?: string | null;
  /** While RESERVING. */
  reserving?: Reserving;
  retry?: Retry;
  /** Nothing is looked for, created or submitted before. A new run waits for what is left of it. */
  notBefore?: number;
  reservation?: Reservation;
  unconfirmed: UnconfirmedCreation[];
  /** Sinch lost an order that was submitted: it may have been bought, so nothing is ordered again. */
  lostAfterSubmit: boolean;
  /** What became of earlier reservations. */
  reservations: PastReservation[];
  registration?: RegistrationPiece;
  attachments: Record<string, AttachmentPiece>;
  /** Somebody has put a file into the store for this order, if only one that was refused. */
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
  /** Links to the KYC page that were signed until then open nothing. */
  kycLinksRevokedAt?: number;
  /** What this order may have done already that its history does not tell of. The next of each is not sent: Sinch is asked first. */
  doubts?: Record<OnceOnly, boolean>;
  /** Since when its history, or Sinch, tells whether it made such a call, milliseconds since the epoch. */
  knownSince?: Record<OnceOnly, number>;
  erased: boolean;
  /** What fits of the KYC profile was copied, or there is none. */
  profileTaken?: true;
  seenEvents: string[];
  /** Ids of Sinch orders that callbacks named while a reservation was being made: looked at once it is. */
  traces: string[];
  /** Messages taken in, by this run and in all. */
  messages: number;
  messagesInAll: number;
  /** This run's history is long enough to begin another. */
  newRunDue: boolean;
  /** It is so large that it takes nothing more in. */
  runFull: boolean;
  undelivered: Notification[];
  compensations: Compensation[];
  /** Why the order fails; set in the last moments of a run, for those who are still waiting for an answer. */
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

/** Of a number that nothing was seen of, what was known stands. */
export function takeLinks(order: Order, seen: Provisioning[]): void {
  const sameLink = (a: Provisioning, b: Provisioning) => a.phoneNumber === b.phoneNumber && a.target === b.target;
  order.provisioning = order.provisioning.map((link) => seen.find((each) => sameLink(each, link)) ?? link);
}

const NOTICE_BYTES = 1_000;

export function addNotice(order: Order, message: string): void {
  order.notices.push({ time: new Date(Date.now()).toISOString(), message: clip(message, NOTICE_BYTES) });
  if (order.notices.length > LIMITS.notices) order.notices.shift();
}

/** What its sender is told of the last refusal. It can echo KYC, so an erased order shows none. */
export function showViolations(order: Order, violations: Violation[]): void {
  order.violations = order.erased ? [] : violations;
}

/** The current reservation; calling this without one is a mistake in the workflow. */
export function currentReservation(order: Order): Reservation {
  if (!order.reservation) throw new Error('There is no reservation');
  return order.reservation;
}

/** The current reservation is over: remembers what became of it. */
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

/** What was reserved for the order last. Neither what it did not accept nor what a creation in doubt had led to was. */
export function lastReserved({ reservations }: Order): PastReservation | undefined {
  return reservations.findLast(
    ({ sinchOrderId, accepted, creation }) =>
      sinchOrderId !== undefined && accepted !== false && creation === undefined,
  );
}

/** Sinch's own word for the state it has the order in. */
export function sinchStateOf({ state, unknownState }: Pick<NumberOrder, 'state' | 'unknownState'>): string {
  return unknownState ?? state;
}
