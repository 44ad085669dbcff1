import { until } from '../calls/until';
import type { Stage } from '@number-orders/contract';
import { mayRenew } from '../reservation/next-attempt';
import { publish } from '../display/search-attributes';
import { reads, waits } from '../calls/activities';
import { continueAsNewDue } from '../order/history-size';
import { callFailureOf } from '../calls/call-failure';
import { addNotice, closeReservation, currentReservation, type Order, type Reservation } from '../order/order';
import { inWords, missing } from '../order/outstanding';
import { policyOf } from '../order/policy';
import { isPastDeadline, lapsedBy, leave, observe, stageOf } from '../reservation/reservation';
import { cancelWhen } from '../calls/cancel-when';
import { carryOutCancel, isCancelled } from './cancel';

/**
 * Compensation after the deadline. The order's state at Sinch decides: a submit whose answer was lost may have gone through, and
 * then the order continues.
 */
export async function seeItLapse(order: Order): Promise<Stage> {
  const reservation = currentReservation(order);
  if (reservation.lapseAwaited) return awaitLapse(order, reservation);
  reservation.overdue = true;
  const awaited = missing(order).map((id) => inWords(order, id));
  addNotice(order, `The deadline has passed; still missing ${awaited.join(', ') || 'nothing'}`);
  publish(order);
  const cancelled = () => isCancelled(order);
  let lookAt = lapsedBy(reservation);
  let isKnown = true;
  for (let looks = 0; looks < policyOf(order).lapseLooks; looks++, lookAt += grace(reservation)) {
    await until(cancelled, Math.max(1, lookAt - Date.now()), { summary: 'Until the reservation must have lapsed' });
    try {
      const seen = await cancelWhen(cancelled, () =>
        reads.getNumberOrder.executeWithOptions({ summary: 'Has the reservation lapsed?' }, [reservation.sinchOrderId]),
      );
      if (!seen) return await carryOutCancel(order);
      observe(order, seen);
      isKnown = true;
    } catch (error) {
      addNotice(order, `Could not read whether the reservation has lapsed (${callFailureOf(error).type})`);
      isKnown = false;
      continue;
    }
    const stage = stageSeen(reservation);
    if (stage) return leave(order, stage);
  }
  if (mayRenew(order)) return awaitLapse(order, reservation);
  closeReservation(order, isKnown ? 'LAPSING' : 'POSSIBLY_ORPHANED');
  return 'EXPIRED';
}

/** Undefined: Sinch still holds the reservation. */
function stageSeen(reservation: Reservation): Stage | undefined {
  const stage = stageOf('AWAITING_KYC', reservation);
  return stage === 'AWAITING_KYC' && isPastDeadline(reservation) ? undefined : stage;
}

function grace(reservation: Reservation): number {
  return lapsedBy(reservation) - reservation.expiresAt;
}

/**
 * While Sinch holds the reservation nothing is ordered again: the number would be refused as taken, or a second one reserved. So
 * a renewal waits for the lapse. If the lapse is not seen, a number that is for sale again proves it; otherwise the order ends.
 */
async function awaitLapse(order: Order, reservation: Reservation): Promise<Stage> {
  const { sinchOrderId, expiresAt } = reservation;
  const [phoneNumber] = reservation.phoneNumbers;
  const end = lapsedBy(reservation) + policyOf(order).lapseAwaitedMs;
  if (!reservation.lapseAwaited) {
    reservation.lapseAwaited = true;
    addNotice(
      order,
      `Sinch has not released the reservation: the renewal waits for that until ${new Date(end).toISOString()}`,
    );
    publish(order);
  }
  const stop = () =>
    isCancelled(order) ||
    stageOf('AWAITING_KYC', reservation) !== 'AWAITING_KYC' ||
    !reservation.overdue ||
    continueAsNewDue(order);
  const seen = await cancelWhen(
    stop,
    () =>
      waits.awaitLapse.executeWithOptions({ summary: 'Until Sinch releases the reservation' }, [
        { idNumberOrder: sinchOrderId, ...(phoneNumber && { phoneNumber }), expiresAt, everyMs: grace(reservation) },
      ]),
    { after: Math.max(1, end - Date.now()), summary: 'Until the renewal is given up' },
  );
  if (seen?.order) observe(order, seen.order);
  if (isCancelled(order)) return carryOutCancel(order);
  const stage = seen?.order === null ? 'EXPIRED' : stageSeen(reservation);
  if (stage) return leave(order, stage);
  if (Date.now() < end) return 'AWAITING_KYC';

  if (phoneNumber !== undefined && (await isForSale(order, phoneNumber))) return leave(order, 'EXPIRED');
  addNotice(order, 'Sinch still holds the reservation, long after its end: the renewal is given up');
  closeReservation(order, 'LAPSING');
  return 'EXPIRED';
}

async function isForSale(order: Order, phoneNumber: string): Promise<boolean> {
  const summary = `Is ${phoneNumber} for sale again?`;
  const available = await cancelWhen(
    () => isCancelled(order),
    () => reads.isNumberAvailable.executeWithOptions({ summary }, [phoneNumber]),
  );
  return available === true;
}
