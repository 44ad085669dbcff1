import type { Violation } from './messages';
import type { NotificationType } from './notifications';
import type { Titled } from './titles';

/** The business outcomes of an order. Everything else is a failure, see {@link FAILURES}. */
export const OUTCOMES = ['COMPLETED', 'EXPIRED', 'REJECTED', 'CANCELLED', 'UNAVAILABLE'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What an order is doing until it has an outcome. */
export const OPEN_STAGES = [
  'LOOKING_UP',
  'RESERVING',
  /** A creation could not be confirmed, or Sinch no longer knows our order. */
  'UNCONFIRMED',
  'AWAITING_KYC',
  'SUBMITTING',
  'IN_REVIEW',
  /** Sinch says BLOCKED, or corrected KYC is awaited after a rejection. */
  'ACTION_REQUIRED',
  'PROVISIONING',
] as const;
export type OpenStage = (typeof OPEN_STAGES)[number];
export type Stage = OpenStage | Outcome;

export interface RequiredAttachment {
  id: string;
  title?: string;
  description?: string;
  mandatory: boolean;
  template: { name: string; url: string }[];
  /** Empty: any. */
  allowedMimeTypes: string[];
  /** If given, `documentType` must be one of them. */
  allowedDocumentTypes: string[];
}

/** As looked up at Sinch. `fields` is free-form: `data[i]` of a registration answers `rules[i].template`. */
export interface ViewRequirements {
  fields: Record<string, unknown>;
  attachments: RequiredAttachment[];
}

/** Amounts are decimal strings, as from Sinch. */
export interface Price {
  phoneNumber: string;
  setupPrice?: { currencyCode: string; amount: string };
  monthlyPrice?: { currencyCode: string; amount: string };
  paymentIntervalMonths?: number;
}

export interface ViewAttachment {
  attachmentId: string;
  /** Its title in the requirements. */
  title?: string;
  fileName: string;
  status: 'RECEIVED' | 'UPLOADED' | 'COMPLETED' | 'FAILED' | 'REFUSED';
  reason?: string;
}

/** A reviewer's feedback. May echo KYC. */
export interface ReviewLogEntry {
  message: string;
  createTime: string;
}

export interface Provisioning {
  phoneNumber: string;
  target: 'SMS' | 'VOICE';
  /** Sinch's own status, or SUCCESS when linked. */
  status: string;
  failureCode?: string;
}

export interface Notice {
  time: string;
  message: string;
}

/** The outcome of a reservation. LAPSING: it had not lapsed when the order ended, and will at `expireTime`. */
export interface ReservationRecord {
  sinchOrderId?: string;
  phoneNumbers: string[];
  state: 'COMPLETED' | 'LAPSED' | 'LAPSING' | 'POSSIBLY_ORPHANED';
  expireTime?: string;
  /** What was requested, in words, if Sinch held something else. */
  askedFor?: string;
  /** False: it was not what was requested, and was left to lapse. */
  accepted?: false;
}

export interface Compensation {
  action: string;
  ok: boolean;
  detail?: string;
}

/** Answer of the query `order`. Times are RFC 3339. */
export interface OrderView {
  reference: string;
  /** Which of the fleet's Sinch projects; the default one when left out. */
  project?: string;
  stage: Stage;
  sinchOrderId?: string;
  /** The state of the order at Sinch, as Sinch names it, which may be an unknown one; while it is ours. */
  sinchState?: string;
  phoneNumbers: string[];
  prices?: Price[];
  /** Of the current reservation. */
  expireTime?: string;
  /**
   * 1, and one more for each renewal or correction.
   * @asType integer
   */
  attempt: number;
  requirements?: ViewRequirements;
  /** What is still awaited; attachments by id. */
  outstanding: { registration: boolean; attachments: string[] };
  /** The same for people. */
  missingTitles: Titled[];
  /** Of the last registration refused. */
  violations: Violation[];
  attachments: ViewAttachment[];
  reviewLog: ReviewLogEntry[];
  provisioning: Provisioning[];
  notices: Notice[];
  /** Notifications that are not delivered yet, with the time of their event. After the end: those left to a separate workflow. */
  undelivered?: { type: NotificationType; time: string }[];
  /** Links to the KYC page that were signed before this time are invalid. */
  kycLinksRevokedAt?: string;
  outcome?: Outcome;
}

/** What the workflow returns. */
export interface NumberOrderResult {
  reference: string;
  outcome: Outcome;
  sinchOrderId?: string;
  phoneNumbers: string[];
  /** What was still missing: `registration` and attachment ids. */
  missing: string[];
  /** The same for people. */
  missingTitles: Titled[];
  reviewLog: ReviewLogEntry[];
  provisioning: Provisioning[];
  /** @asType integer */
  attempts: number;
  erased?: boolean;
  reservations: ReservationRecord[];
  compensations: Compensation[];
}
