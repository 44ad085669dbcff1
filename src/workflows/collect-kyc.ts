import { condition } from '@temporalio/workflow';
import type { Stage } from '../contract';
import { publish } from './board';
import { continueAsNewDue, weighHistory } from './continue-as-new';
import { leaveToLapse, seeItLapse } from './lapse';
import { countReminder } from './metrics';
import { addNotice, currentReservation, type Order, type Reservation } from './order';
import { missing, nothingOutstanding } from './outstanding';
import { isPastDeadline, leave, stageOf } from './reservation';
import { tellRequester } from './requester';

/** How much of the time until the deadline has gone when the requester is reminded. */
const REMINDERS = [0.5, 0.75, 0.9];

function readyToSubmit(order: Order): boolean {
  return nothingOutstanding(order) && order.reservation?.heldBack === false;
}

function nextReminder({ createdAt, deadline, remindersSent }: Reservation): number {
  return createdAt + (deadline - createdAt) * (REMINDERS[remindersSent] ?? 1);
}

/** When a submission that Sinch did not take is tried again by itself. */
function heldUntil({ heldBack, submitAgainAt = Infinity }: Reservation): number {
  return heldBack ? submitAgainAt : Infinity;
}

function nextAlarm(reservation: Reservation): { at: number; summary: string } {
  const alarms = [
    { at: reservation.deadline, summary: 'Deadline: the reservation lapses soon' },
    { at: nextReminder(reservation), summary: 'Reminder of what is missing' },
    { at: heldUntil(reservation), summary: 'Until the submission is tried again' },
  ];
  return alarms.reduce((first, each) => (each.at < first.at ? each : first));
}

/** Waits until everything is there, or the deadline is. One timer at a time. */
export async function collectKyc(order: Order): Promise<Stage> {
  const reservation = currentReservation(order);
  const movedTo = () => stageOf('AWAITING_KYC', reservation);
  for (;;) {
    weighHistory(order);
    if (order.cancel) return leaveToLapse(order);
    if (movedTo() !== 'AWAITING_KYC') return leave(order, movedTo());
    if (isPastDeadline(reservation)) return seeItLapse(order);
    if (Date.now() >= heldUntil(reservation)) reservation.heldBack = false;
    if (readyToSubmit(order)) return 'SUBMITTING';
    if (continueAsNewDue(order)) return 'AWAITING_KYC';

    publish(order);
    const { at, summary } = nextAlarm(reservation);
    const { deadline, phoneNumbers } = reservation;
    const wakes = () =>
      order.cancel !== undefined ||
      movedTo() !== 'AWAITING_KYC' ||
      readyToSubmit(order) ||
      reservation.deadline !== deadline ||
      reservation.phoneNumbers !== phoneNumbers ||
      continueAsNewDue(order);
    const woken = await condition(wakes, Math.max(1, at - Date.now()), { summary });
    // What names them is sent with the new ones.
    if (reservation.phoneNumbers !== phoneNumbers) return 'AWAITING_KYC';
    if (!woken && !isPastDeadline(reservation)) remindIfDue(order, reservation);
  }
}

/** What was received can be a matter for operators: its sender has done what there is to do. */
function inWords({ registration, attachments }: Order, id: string): string {
  const piece = id === 'registration' ? registration : attachments[id];
  return piece?.status === 'RECEIVED' ? `${id} (received, but Sinch has not taken it)` : id;
}

function remindIfDue(order: Order, reservation: Reservation): void {
  if (nextReminder(reservation) > Date.now()) return;
  while (reservation.remindersSent < REMINDERS.length && nextReminder(reservation) <= Date.now())
    reservation.remindersSent++;
  countReminder(order, reservation);
  const awaited =
    missing(order)
      .map((id) => inWords(order, id))
      .join(', ') || 'nothing: Sinch has not taken the submission';
  addNotice(order, `Reminder: still missing ${awaited}`);
  tellRequester(order, 'order.kyc_reminder');
}
