import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import {
  QUERY,
  SIGNAL,
  UPDATE,
  type AdoptOrder,
  type Attachment,
  type Erase,
  type ExtendCorrectionWindow,
  type KycAnswer,
  type OperatorAction,
  type OperatorAnswer,
  type OrderView,
  type Registration,
  type ReservationAnswer,
  type WaiveRequirement,
} from '../contract';

// What arrives by signal cannot be refused, so its type is unknown until it has been validated.
export const registrationSignal = defineSignal<[unknown]>(SIGNAL.registration);
export const attachmentSignal = defineSignal<[unknown]>(SIGNAL.attachment);
export const cancelSignal = defineSignal<[unknown]>(SIGNAL.cancel);
export const sinchEventSignal = defineSignal<[unknown]>(SIGNAL.sinchEvent);

export const submitRegistration = defineUpdate<KycAnswer, [Registration]>(UPDATE.submitRegistration);
export const submitAttachment = defineUpdate<KycAnswer, [Attachment]>(UPDATE.submitAttachment);
export const reservationUpdate = defineUpdate<ReservationAnswer>(UPDATE.reservation);
export const adoptOrder = defineUpdate<OperatorAnswer, [AdoptOrder]>(UPDATE.adoptOrder);
export const reread = defineUpdate<OperatorAnswer, [OperatorAction]>(UPDATE.reread);
export const waiveRequirement = defineUpdate<OperatorAnswer, [WaiveRequirement]>(UPDATE.waiveRequirement);
export const extendCorrectionWindow = defineUpdate<OperatorAnswer, [ExtendCorrectionWindow]>(
  UPDATE.extendCorrectionWindow,
);
export const erase = defineUpdate<OperatorAnswer, [Erase]>(UPDATE.erase);

export const orderQuery = defineQuery<OrderView>(QUERY.order);
