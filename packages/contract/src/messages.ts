import type { ViewRequirements, Outcome, Stage } from './view';

/** A field that is wrong and what would mend it. The same shape as Sinch's own field violations. */
export interface Violation {
  field: string;
  description: string;
  /** What the requirements call the field. */
  title?: string;
  /** What the requirements say of a wrong value, with an example where they have one. */
  hint?: string;
}

/** What every operator's action says about itself; both stay visible in history. */
export interface OperatorAction {
  author: string;
  reason: string;
}

/** Argument of the signal `cancel`. */
export interface CancelRequest {
  author?: string;
  reason: string;
}

/** The callback body Sinch posted. Only a hint to read the order again: nothing in it is trusted. */
export interface SinchEvent {
  /** `NUMBER_ORDER`, `ACTIVE_NUMBER`, or a kind that Sinch has added. */
  resourceType: string;
  eventId?: string;
  /** The id of the Sinch order, or the phone number. */
  resourceId?: string;
  eventType?: string;
  status?: string;
  timestamp?: string;
  projectId?: string;
  failureCode?: string;
  internalFailureCode?: string;
}

/**
 * Answer of `submitRegistration` and `submitAttachment`.
 * ACCEPTED: Sinch took it. KEPT: no reservation yet, or Sinch did not answer within 10 s; it is sent later.
 * REFUSED: see reason and violations; send again. SUPERSEDED: a later one replaced it before it was sent.
 */
export interface KycAnswer {
  status: 'ACCEPTED' | 'KEPT' | 'REFUSED' | 'SUPERSEDED';
  reason?: string;
  violations: Violation[];
}

/** Answer of the update `reservation`. `expireTime` is RFC 3339. */
export interface ReservationAnswer {
  stage: Stage;
  sinchOrderId?: string;
  phoneNumbers: string[];
  expireTime?: string;
  requirements?: ViewRequirements;
  outcome?: Outcome;
}

/** Argument of the update `adoptOrder`: the Sinch order an unconfirmed creation has led to. */
export interface AdoptOrder extends OperatorAction {
  idNumberOrder: string;
}

/** Argument of the update `waiveRequirement`: submit without it. */
export interface WaiveRequirement extends OperatorAction {
  /** The id of an attachment, or `registration`. */
  attachmentId: string;
}

/** Argument of the update `extendCorrectionWindow`. `until` is RFC 3339. */
export interface ExtendCorrectionWindow extends OperatorAction {
  until: string;
}

/** Argument of the update `erase`. An open order is erased only when forced. */
export interface Erase extends OperatorAction {
  force?: boolean;
}

/** Answer of the operators' updates. */
export interface OperatorAnswer {
  stage: Stage;
  detail: string;
}
