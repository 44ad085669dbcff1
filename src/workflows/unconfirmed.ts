import { ApplicationFailure, condition } from '@temporalio/workflow';
import type { AdoptOrder, SinchEvent, Stage } from '../contract';
import { publish } from './board';
import { shortReads } from './calls';
import { continueAsNewDue } from './continue-as-new';
import { addNotice, closeReservation, type Order } from './order';
import { startReservation, stageOf, USUAL_RESERVATION_MS } from './reservation';
import { creationBehind } from './unconfirmed-records';

/** No reservation lives longer than this after its creation. */
function lapsesBy(order: Order): number {
  const starts = order.unconfirmed.map(({ startedAt }) => startedAt);
  if (order.reservation) starts.push(order.reservation.lostAt ?? order.reservation.createdAt);
  return Math.max(...starts) + USUAL_RESERVATION_MS;
}

/**
 * Something may be reserved, but we do not know its id, or Sinch no longer knows it. Ends when an operator names the
 * order, when Sinch answers for it again, when a callback proves the lapse, or when every reservation must have lapsed.
 */
export async function awaitConfirmation(order: Order): Promise<Stage> {
  publish(order);
  const confirmed = () => order.reservation !== undefined && order.reservation.lostAt === undefined;
  const lapseProved = () => order.unconfirmed.length === 0 && !order.reservation;
  const wakes = () => confirmed() || lapseProved() || order.cancel !== undefined || continueAsNewDue(order);
  await condition(wakes, Math.max(1, lapsesBy(order) - Date.now()), {
    summary: 'Until whatever was reserved must have lapsed',
  });
  if (order.reservation && confirmed()) return stageOf('AWAITING_KYC', order.reservation);
  if (order.cancel) return endUnconfirmed(order, 'CANCELLED');
  if (lapseProved() || Date.now() >= lapsesBy(order)) return endUnconfirmed(order, 'EXPIRED');
  return 'UNCONFIRMED';
}

function endUnconfirmed(order: Order, stage: Stage): Stage {
  if (order.reservation) closeReservation(order, 'POSSIBLY_ORPHANED');
  return stage;
}

/** An operator names the order a creation led to. Refused unless it can be ours. */
export async function adopt(order: Order, { idNumberOrder, author, reason }: AdoptOrder): Promise<void> {
  const seen = await shortReads.getNumberOrder.executeWithOptions({ summary: `Can ${idNumberOrder} be ours?` }, [
    idNumberOrder,
  ]);
  const behind = creationBehind(order, seen);
  const dead = seen.state === 'REJECTED' || seen.state === 'EXPIRED';
  if (typeof behind === 'string' || dead || order.stage !== 'UNCONFIRMED') {
    const why = typeof behind === 'string' ? behind : dead ? `it is ${seen.state}` : `the order is ${order.stage}`;
    throw ApplicationFailure.nonRetryable(`${idNumberOrder} is not adopted: ${why}`, 'InvalidRequest');
  }
  order.unconfirmed = order.unconfirmed.filter((creation) => creation !== behind);
  addNotice(order, `${author} adopted ${idNumberOrder}: ${reason}`);
  startReservation(order, seen);
}

/** Until submit Sinch calls back for EXPIRED alone: read again, that proves the lapse of an unconfirmed creation. */
export async function proveLapse(order: Order, { resourceId }: SinchEvent): Promise<void> {
  const seen = await shortReads.getNumberOrder.executeWithOptions(
    { summary: 'A callback names an order: has ours lapsed?' },
    [resourceId],
  );
  const behind = creationBehind(order, seen);
  if (typeof behind === 'string' || seen.state !== 'EXPIRED') {
    addNotice(order, `A callback names the Sinch order ${resourceId}: noted, not adopted`);
    return;
  }
  order.unconfirmed = order.unconfirmed.filter((creation) => creation !== behind);
  order.reservations.push({ sinchOrderId: resourceId, phoneNumbers: behind.phoneNumbers, state: 'LAPSED' });
}
