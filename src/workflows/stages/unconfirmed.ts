import { until } from '../calls/until';
import type { Stage } from '@number-orders/contract';
import { publish } from '../display/search-attributes';
import { waits } from '../calls/activities';
import { continueAsNewDue } from '../order/history-size';
import type { Order, Reservation } from '../order/order';
import { refreshReservation } from '../reservation/refresh';
import { leave, observe, stageOf } from '../reservation/reservation';
import { lapsesBy } from '../order/unconfirmed-records';
import { cancelWhen } from '../calls/cancel-when';
import { carryOutCancel, isCancelled } from './cancel';
import { endUnconfirmed } from './give-up-lost';

/** The order has a reservation that Sinch knows. */
export function isConfirmed({ reservation }: Order): boolean {
  return reservation !== undefined && reservation.lostAt === undefined;
}

/**
 * Something may be reserved, but we do not know its id, or Sinch no longer knows it. Ends when an operator names the order, when
 * Sinch answers for it again, when a callback proves the lapse, or when every reservation must have lapsed. For what a cancel
 * does see cancel.ts.
 */
export async function awaitConfirmation(order: Order): Promise<Stage> {
  publish(order);
  const isLapsed = () => order.unconfirmed.length === 0 && !order.reservation;
  const wakes = () => isConfirmed(order) || isLapsed() || isCancelled(order) || continueAsNewDue(order);
  const left = Math.max(1, lapsesBy(order) - Date.now());
  await (order.reservation
    ? awaitKnownAgain(order, order.reservation, wakes, left)
    : until(wakes, left, { summary: UNTIL_LAPSED }));
  if (order.reservation && !isConfirmed(order) && isCancelled(order)) await refreshReservation(order);
  if (order.reservation && isConfirmed(order)) return goOn(order, order.reservation);
  if (isCancelled(order)) return carryOutCancel(order);
  if (isLapsed() || Date.now() >= lapsesBy(order)) return endUnconfirmed(order, 'EXPIRED');
  return 'UNCONFIRMED';
}

function goOn(order: Order, reservation: Reservation): Stage {
  return reservation.submitUnclear ? 'SUBMITTING' : leave(order, stageOf('AWAITING_KYC', reservation));
}

const UNTIL_LAPSED = 'Until any reservation must have lapsed';

/** A 404 may be an outage at Sinch: it is asked again after seconds, then further and further apart. */
async function awaitKnownAgain(order: Order, lost: Reservation, stop: () => boolean, left: number): Promise<void> {
  const { sinchOrderId, deadline } = lost;
  const seen = await cancelWhen(
    stop,
    () =>
      waits.awaitKnownAgain.executeWithOptions({ summary: 'Until Sinch knows our order again' }, [
        { idNumberOrder: sinchOrderId, deadline },
      ]),
    { after: left, summary: UNTIL_LAPSED },
  );
  if (seen) observe(order, seen);
}
