import { until } from '../calls/until';
import type { Stage } from '@number-orders/contract';
import { publish } from '../display/search-attributes';
import { continueAsNewDue, weighHistory } from '../order/history-size';
import { carryOutCancel, isCancelled } from './cancel';
import { seeItLapse } from './lapse';
import { currentReservation, type Order, type Reservation, type Awaited } from '../order/order';
import { inWords, missing, nothingOutstanding } from '../order/outstanding';
import { nextReminder, remindIfDue } from '../notifications/reminders';
import { isPastDeadline, leave, stageOf } from '../reservation/reservation';

function readyToSubmit(order: Order): boolean {
  return nothingOutstanding(order) && order.reservation?.heldBack === false;
}

function awaitedOf(reservation: Reservation): Awaited {
  return { from: reservation.createdAt, until: reservation.deadline, reminded: reservation };
}

/** When a submission that Sinch did not accept is retried automatically. */
function heldUntil({ heldBack, submitAgainAt = Infinity }: Reservation): number {
  return heldBack ? submitAgainAt : Infinity;
}

function nextAlarm(order: Order, reservation: Reservation): { at: number; summary: string } {
  const alarms = [
    { at: reservation.deadline, summary: 'Deadline: the reservation lapses soon' },
    { at: nextReminder(order, awaitedOf(reservation)), summary: 'Reminder of what is missing' },
    { at: heldUntil(reservation), summary: 'Until the submission is retried' },
  ];
  return alarms.reduce((first, each) => (each.at < first.at ? each : first));
}

/** Waits until everything has arrived, or until the deadline. One timer at a time. */
export async function awaitKyc(order: Order): Promise<Stage> {
  const reservation = currentReservation(order);
  const movedTo = () => stageOf('AWAITING_KYC', reservation);
  for (;;) {
    weighHistory(order);
    if (isCancelled(order)) return carryOutCancel(order);
    if (movedTo() !== 'AWAITING_KYC') return leave(order, movedTo());
    if (isPastDeadline(reservation)) return seeItLapse(order);
    if (Date.now() >= heldUntil(reservation)) reservation.heldBack = false;
    if (readyToSubmit(order)) return 'SUBMITTING';
    if (continueAsNewDue(order)) return 'AWAITING_KYC';

    publish(order);
    const { at, summary } = nextAlarm(order, reservation);
    const { deadline, phoneNumbers } = reservation;
    const wakes = () =>
      isCancelled(order) ||
      movedTo() !== 'AWAITING_KYC' ||
      readyToSubmit(order) ||
      reservation.deadline !== deadline ||
      reservation.phoneNumbers !== phoneNumbers ||
      continueAsNewDue(order);
    const woken = await until(wakes, Math.max(1, at - Date.now()), { summary });
    // A registration that names them is sent again with the new ones.
    if (reservation.phoneNumbers !== phoneNumbers) return 'AWAITING_KYC';
    if (!woken && !isPastDeadline(reservation)) remindIfDue(order, awaitedOf(reservation), stillMissing(order));
  }
}

/** Received but not accepted is for operators to act on: the sender has nothing left to do. */
function stillMissing(order: Order): string {
  const { registration, attachments } = order;
  const awaited = missing(order).map((id) => {
    const { status } = (id === 'registration' ? registration : attachments[id]) ?? {};
    return inWords(order, id) + (status === 'RECEIVED' ? ' (received, but not accepted by Sinch)' : '');
  });
  return `still missing ${awaited.join(', ') || 'nothing: Sinch has not accepted the submission'}`;
}
