import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import {
  QUERY,
  SIGNAL,
  UPDATE,
  type KycAnswer,
  type OperatorAnswer,
  type OrderView,
  type ReservationAnswer,
} from '@number-orders/contract';

// A sender can send any value, so the type of an argument is unknown until it has been read.
export const registrationSignal = defineSignal<[unknown]>(SIGNAL.registration);
export const attachmentSignal = defineSignal<[unknown]>(SIGNAL.attachment);
export const cancelSignal = defineSignal<[unknown]>(SIGNAL.cancel);
export const sinchEventSignal = defineSignal<[unknown]>(SIGNAL.sinchEvent);

export const submitRegistration = defineUpdate<KycAnswer, [unknown]>(UPDATE.submitRegistration);
export const submitAttachment = defineUpdate<KycAnswer, [unknown]>(UPDATE.submitAttachment);
export const reservationUpdate = defineUpdate<ReservationAnswer, [unknown]>(UPDATE.reservation);
export const adoptOrder = defineUpdate<OperatorAnswer, [unknown]>(UPDATE.adoptOrder);
export const reread = defineUpdate<OperatorAnswer, [unknown]>(UPDATE.reread);
export const waiveRequirement = defineUpdate<OperatorAnswer, [unknown]>(UPDATE.waiveRequirement);
export const extendCorrectionWindow = defineUpdate<OperatorAnswer, [unknown]>(UPDATE.extendCorrectionWindow);
export const revokeKycLinks = defineUpdate<OperatorAnswer, [unknown]>(UPDATE.revokeKycLinks);
export const erase = defineUpdate<OperatorAnswer, [unknown]>(UPDATE.erase);

export const orderQuery = defineQuery<OrderView>(QUERY.order);
