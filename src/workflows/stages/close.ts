import type { NotificationType, NumberOrderResult, Outcome } from '@number-orders/contract';
import { publish } from '../display/search-attributes';
import { countEnd } from '../display/metrics';
import { lastReserved, type Order } from '../order/order';
import { missing, missingTitles } from '../order/outstanding';
import { tellRequesterLast } from '../notifications/requester';
import { deleteStagedFilesAtTheEnd } from '../calls/staged-files';
import { tellBatch } from './tell-batch';
import { closeUnconfirmed, recordDoubtedCreation } from '../order/unconfirmed-records';

const LAST_NOTIFICATION: Record<Outcome | 'FAILED', NotificationType> = {
  COMPLETED: 'order.completed',
  EXPIRED: 'order.expired',
  REJECTED: 'order.rejected',
  CANCELLED: 'order.cancelled',
  UNAVAILABLE: 'order.unavailable',
  FAILED: 'order.failed',
};

/** Every exit passes through here. */
export async function close(order: Order, outcome: Outcome | 'FAILED'): Promise<void> {
  recordDoubtedCreation(order);
  closeUnconfirmed(order);
  countEnd(order, outcome);
  await deleteStagedFilesAtTheEnd(order);
  if (outcome !== 'FAILED') publish(order);
  await tellRequesterLast(order, LAST_NOTIFICATION[outcome]);
  await tellBatch(order, outcome);
}

export function resultOf(order: Order, outcome: Outcome): NumberOrderResult {
  const last = lastReserved(order);
  return {
    reference: order.request.reference,
    outcome,
    ...(last?.sinchOrderId && { sinchOrderId: last.sinchOrderId }),
    phoneNumbers: last?.phoneNumbers ?? [],
    missing: outcome === 'COMPLETED' ? [] : missing(order),
    missingTitles: outcome === 'COMPLETED' ? [] : missingTitles(order),
    reviewLog: order.reviewLog,
    provisioning: order.provisioning,
    attempts: order.attempt,
    ...(order.erased && { erased: true }),
    reservations: order.reservations.map(({ creation: _creation, prices: _prices, ...record }) => record),
    compensations: order.compensations,
  };
}
