import { condition } from '@temporalio/workflow';
import type { Stage } from '../contract';
import { publish } from './board';
import { reads } from './calls';
import { continueAsNewDue, weighHistory } from './continue-as-new';
import { callFailureOf } from './failures';
import { countReminder } from './metrics';
import { addNotice, closeReservation, currentReservation, type Order, type Reservation } from './order';
import { missing, nothingOutstanding } from './outstanding';
import { lookAgain } from './reread';
import { isPastDeadline, lapsedBy, observe, stageOf } from './reservation';
import { tellRequester } from './requester';
import { unless } from './unless';

/** How much of the time until the deadline has gone when the requester is reminded. */
const REMINDERS = [0.5, 0.75, 0.9];
/** How often Sinch is asked whether a reservation has lapsed before it is left LAPSING. */
const LAPSE_LOOKS = 3;

function readyToSubmit(order: Order): boolean {
  return nothingOutstanding(order) && order.reservation?.heldBack === false;
}

function nextReminder({ createdAt, deadline, remindersSent }: Reservation): number {
  return createdAt + (deadline - createdAt) * (REMINDERS[remindersSent] ?? 1);
}

/** Waits until everything is there, or the deadline is. One timer at a time: the next reminder, or the deadline. */
export async function collectKyc(order: Order): Promise<Stage> {
  const reservation = currentReservation(order);
  const movedTo = () => stageOf('AWAITING_KYC', reservation);
  for (;;) {
    weighHistory(order);
    if (order.cancel) return leaveToLapse(order);
    if (movedTo() !== 'AWAITING_KYC') return leave(order, movedTo());
    if (isPastDeadline(reservation)) return seeItLapse(order);
    if (readyToSubmit(order)) return 'SUBMITTING';
    if (continueAsNewDue(order)) return 'AWAITING_KYC';

    publish(order);
    const alarm = Math.min(nextReminder(reservation), reservation.deadline);
    const { deadline } = reservation;
    const wakes = () =>
      order.cancel !== undefined ||
      movedTo() !== 'AWAITING_KYC' ||
      readyToSubmit(order) ||
      reservation.deadline !== deadline ||
      continueAsNewDue(order);
    const woken = await condition(wakes, Math.max(1, alarm - Date.now()), {
      summary: alarm === deadline ? 'Deadline: the reservation lapses soon' : 'Reminder of what is missing',
    });
    if (!woken && !isPastDeadline(reservation)) remind(order, reservation);
  }
}

function remind(order: Order, reservation: Reservation): void {
  while (reservation.remindersSent < REMINDERS.length && nextReminder(reservation) <= Date.now())
    reservation.remindersSent++;
  countReminder(order, reservation);
  const awaited = missing(order).join(', ') || 'nothing: Sinch refused the submission';
  addNotice(order, `Reminder: still missing ${awaited}`);
  tellRequester(order, 'order.kyc_reminder');
}

/**
 * Nothing can be cancelled at Sinch: a reservation that is not submitted lapses by itself; another is followed. Asked
 * once, as somebody else may have submitted it; a Sinch that does not answer holds no cancel up for long.
 */
async function leaveToLapse(order: Order): Promise<Stage> {
  await lookAgain(order);
  const stage = stageOf('AWAITING_KYC', currentReservation(order));
  if (stage !== 'AWAITING_KYC') return leave(order, stage);
  closeReservation(order, 'LAPSING');
  return 'CANCELLED';
}

/** Sinch has ended the reservation, or moved it on, without us; or holds what was not asked for. */
export function leave(order: Order, stage: Stage): Stage {
  if (stage === 'UNAVAILABLE') closeReservation(order, 'LAPSING');
  if (stage === 'EXPIRED' || stage === 'REJECTED') closeReservation(order, 'LAPSED');
  return stage;
}

/**
 * Compensation, when time has run out. The order's real state decides: a submit whose answer was lost may have gone
 * through, and then the order goes on.
 */
async function seeItLapse(order: Order): Promise<Stage> {
  const reservation = currentReservation(order);
  reservation.overdue = true;
  addNotice(order, `The deadline has passed; still missing ${missing(order).join(', ') || 'nothing'}`);
  publish(order);
  const cancelled = () => order.cancel !== undefined;
  const grace = lapsedBy(reservation) - reservation.expiresAt;
  let lookAt = lapsedBy(reservation);
  for (let looks = 0; looks < LAPSE_LOOKS; looks++, lookAt += grace) {
    await condition(cancelled, Math.max(1, lookAt - Date.now()), { summary: 'Until the reservation must have lapsed' });
    try {
      const seen = await unless(cancelled, () =>
        reads.getNumberOrder.executeWithOptions({ summary: 'Has the reservation lapsed?' }, [reservation.sinchOrderId]),
      );
      if (!seen) return await leaveToLapse(order);
      observe(order, seen);
    } catch (error) {
      const { type } = callFailureOf(error);
      addNotice(order, `Whether the reservation has lapsed could not be read (${type})`);
      closeReservation(order, 'POSSIBLY_ORPHANED');
      return 'EXPIRED';
    }
    const stage = stageOf('AWAITING_KYC', reservation);
    if (stage !== 'AWAITING_KYC') return leave(order, stage);
    if (!isPastDeadline(reservation)) return stage;
  }
  closeReservation(order, 'LAPSING');
  return 'EXPIRED';
}
