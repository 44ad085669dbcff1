import { workflowInfo } from '@temporalio/workflow';
import type { Order } from './order';

/**
 * Temporal ends an order whose history is larger than 50 MiB. From 4 MiB on, which is where a server suggests it by default, a
 * new run begins as soon as it can. From 16 MiB on nothing else goes on: senders of updates are asked to come again, and what
 * is to be sent waits for the new run. The rest is room for what signals, which nobody can refuse, bring meanwhile.
 */
const NEW_RUN_BYTES = 4 * 1024 * 1024;
const FULL_BYTES = 16 * 1024 * 1024;

/** To be asked whenever something has happened to an order, and never in a condition: see docs/decisions/0008. */
export function weighHistory(order: Order): void {
  const { policy, messages } = order;
  const { continueAsNewSuggested, historyLength, historySize } = workflowInfo();
  order.runFull ||= historySize >= FULL_BYTES;
  order.newRunDue ||= continueAsNewSuggested || historySize >= NEW_RUN_BYTES;
  if (!policy) return;
  order.newRunDue ||= historyLength >= policy.continueAsNewEvents || messages >= policy.continueAsNewMessages;
}

/** An order may wait for weeks: its history is begun anew before it grows too long, in every stage. */
export function continueAsNewDue({ newRunDue }: Order): boolean {
  return newRunDue;
}

/** The next run counts anew. */
export function forgetThisRun(order: Order): void {
  order.messages = 0;
  order.newRunDue = false;
  order.runFull = false;
}

/** A sender's message has been taken in. */
export function countMessage(order: Order): void {
  order.messages++;
  order.messagesInAll++;
  weighHistory(order);
}
