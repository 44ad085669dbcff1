import type { NumberOrderResult, Outcome } from '../contract';
import type { NotificationType } from '../activities';
import { publish } from './board';
import { compensations, localCompensations } from './calls';
import { callFailureOf } from './failures';
import { countEnd } from './metrics';
import { type Order } from './order';
import { missing } from './outstanding';
import { tellRequesterLast } from './requester';
import { closeUnconfirmed } from './unconfirmed-records';

const LAST_NOTIFICATION: Record<Outcome, NotificationType> = {
  COMPLETED: 'order.completed',
  EXPIRED: 'order.expired',
  REJECTED: 'order.rejected',
  CANCELLED: 'order.cancelled',
  UNAVAILABLE: 'order.unavailable',
};

/** Nobody needs the staged documents any more, whatever the order came to. */
export async function deleteStagedFiles({ request, compensations: done }: Order): Promise<void> {
  const { reference } = request;
  const action = 'delete staged files';
  const options = { summary: 'Delete the staged documents' };
  try {
    await localCompensations.deleteStagedFiles
      .executeWithOptions(options, [reference])
      .catch(() => compensations.deleteStagedFiles.executeWithOptions(options, [reference]));
    done.push({ action, ok: true });
  } catch (error) {
    done.push({ action, ok: false, detail: callFailureOf(error).type });
  }
}

/** No exit bypasses this. */
export async function close(order: Order, outcome: Outcome | 'FAILED'): Promise<void> {
  closeUnconfirmed(order);
  countEnd(order, outcome);
  if (order.filesStaged) await deleteStagedFiles(order);
  if (outcome === 'FAILED') return;
  publish(order);
  await tellRequesterLast(order, LAST_NOTIFICATION[outcome]);
}

export function resultOf(order: Order, outcome: Outcome): NumberOrderResult {
  const last = order.reservations.findLast(({ sinchOrderId }) => sinchOrderId !== undefined);
  return {
    reference: order.request.reference,
    outcome,
    ...(last?.sinchOrderId && { sinchOrderId: last.sinchOrderId }),
    phoneNumbers: last?.phoneNumbers ?? [],
    missing: outcome === 'COMPLETED' ? [] : missing(order),
    reviewLog: order.reviewLog,
    provisioning: order.provisioning,
    attempts: order.attempt,
    ...(order.erased && { erased: true }),
    reservations: order.reservations,
    compensations: order.compensations,
  };
}
