import { countReminder } from '../display/metrics';
import { addNotice, type Order, type Awaited } from '../order/order';
import { tellRequester } from './requester';

/** How much of the time for something has gone when the requester is reminded. */
const REMINDERS = [0.5, 0.75, 0.9];

/** Infinity: all of them have been sent. */
export function nextReminder({ from, until, reminded }: Awaited): number {
  return from + (until - from) * (REMINDERS[reminded.remindersSent] ?? Infinity);
}

/** Reminds the requester where it is time to: once, however many reminders nobody was there to send. */
export function remindIfDue(order: Order, awaited: Awaited, message: string): void {
  const { reminded } = awaited;
  if (nextReminder(awaited) > Date.now()) return;
  while (nextReminder(awaited) <= Date.now()) reminded.remindersSent++;
  countReminder(order, reminded.remindersSent);
  addNotice(order, `Reminder: ${message}`);
  tellRequester(order, 'order.kyc_reminder');
}
