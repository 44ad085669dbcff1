import type { ViewRequirements, Outcome, Stage } from './view';

/** A wrong field and its remedy. The same shape as Sinch's own field violations. */
export interface Violation {
  field: string;
  description: string;
  /** The field's title in the requirements. */
  title?: string;
  /** The requirements' message for a wrong value, with an example if they have one. */
  hint?: string;
}

/** Part of every operator's action. Both stay visible in history. */
export interface OperatorAction {
  author: string;
  reason: string;
}

/** Argument of the signal `cancel`. */
export interface CancelRequest {
  author?: string;
  reason: string;
}

/** The body of a callback from Sinch. Only a hint to read the order again: its content is not trusted. */
export interface SinchEvent {
  /** `NUMBER_ORDER`, `ACTIVE_NUMBER`, or a new kind at Sinch. */
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
 * Answer of `submitRegistration` and `submitAttachment`. ACCEPTED: Sinch accepted it. KEPT: no reservation yet, or Sinch did not
 * answer within 10 s; it is sent later. REFUSED: see reason and violations; send again. SUPERSEDED: a later one replaced it
 * before it was sent.
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

/** Argument of the update `adoptOrder`: the Sinch order that an unconfirmed creation led to. */
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
