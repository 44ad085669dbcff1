import {
  OUTCOMES,
  titled,
  withTitles,
  type OrderView,
  type Outcome,
  type ReservationAnswer,
  type Stage,
} from '@number-orders/contract';
import { lastReserved, type Order, sinchStateOf } from './order';
import { missingTitles, outstanding } from './outstanding';

export function outcomeOf(stage: Stage): Outcome | undefined {
  return OUTCOMES.find((outcome) => outcome === stage);
}

/** The current reservation, or the last one. */
function numbersOf(order: Order) {
  const { reservation } = order;
  if (reservation) {
    const { sinchOrderId, phoneNumbers, expiresAt } = reservation;
    return { sinchOrderId, phoneNumbers, expireTime: new Date(expiresAt).toISOString() };
  }
  const last = lastReserved(order);
  return { ...(last?.sinchOrderId && { sinchOrderId: last.sinchOrderId }), phoneNumbers: last?.phoneNumbers ?? [] };
}

function pricesOf(order: Order) {
  const { prices } = order.reservation ?? lastReserved(order) ?? {};
  return prices && { prices };
}

function titleOf({ requirements }: Order, attachmentId: string): { title?: string } {
  const { title } = titled(requirements, attachmentId);
  return title === attachmentId ? {} : { title };
}

export function viewOf(order: Order): OrderView {
  const outcome = outcomeOf(order.stage);
  return {
    reference: order.request.reference,
    ...(order.request.project !== undefined && { project: order.request.project }),
    stage: order.stage,
    ...numbersOf(order),
    ...(order.reservation && { sinchState: sinchStateOf(order.reservation) }),
    attempt: order.attempt,
    outstanding: outcome ? { registration: false, attachments: [] } : outstanding(order),
    missingTitles: outcome ? [] : missingTitles(order),
    violations: withTitles(order.requirements, order.violations),
    reviewLog: order.reviewLog,
    attachments: Object.values(order.attachments).map(({ attachmentId, fileName, status, reason }) => ({
      attachmentId,
      ...titleOf(order, attachmentId),
      fileName,
      status,
      ...(reason && { reason }),
    })),
    provisioning: order.provisioning,
    notices: order.notices,
    ...(order.undelivered.length > 0 && {
      undelivered: order.undelivered.map(({ type, time }) => ({ type, time })),
    }),
    ...(order.kycLinksRevokedAt !== undefined && {
      kycLinksRevokedAt: new Date(order.kycLinksRevokedAt).toISOString(),
    }),
    ...(outcome && { outcome }),
    ...pricesOf(order),
    // The longest last: people read this in the Web UI as well.
    ...(order.requirements && { requirements: order.requirements }),
  };
}

export function reservationAnswerOf(order: Order): ReservationAnswer {
  const outcome = outcomeOf(order.stage);
  return {
    stage: order.stage,
    ...numbersOf(order),
    ...(order.requirements && { requirements: order.requirements }),
    ...(outcome && { outcome }),
  };
}
