import { countReminder } from '../display/metrics';
import { addNotice, type Order, type Awaited } from '../order/order';
import { policyOf } from '../order/policy';
import { tellRequester } from './requester';

/** Infinity: all of them have been sent. */
export function nextReminder(order: Order, { from, until, reminded }: Awaited): number {
  return from + (until - from) * (policyOf(order).reminders[reminded.remindersSent] ?? Infinity);
}

/** Sends a reminder if one is due: only one, even if several became due while no worker ran. */
export function remindIfDue(order: Order, awaited: Awaited, message: string): void {
  const { reminded } = awaited;
  if (nextReminder(order, awaited) > Date.now()) return;
  while (nextReminder(order, awaited) <= Date.now()) reminded.remindersSent++;
  countReminder(order, policyOf(order).reminders[reminded.remindersSent - 1] ?? 1);
  addNotice(order, `Reminder: ${message}`);
  tellRequester(order, 'order.kyc_reminder');
}
