import { workflowInfo } from '@temporalio/workflow';
import type { Order } from './order';

/** To be asked whenever something has happened to an order, and never in a condition: see docs/decisions/0008. */
export function weighHistory(order: Order): void {
  const { policy, messages } = order;
  if (!policy) return;
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  order.newRunDue ||=
    continueAsNewSuggested || historyLength >= policy.continueAsNewEvents || messages >= policy.continueAsNewMessages;
}

/** An order may wait for weeks: its history is begun anew before it grows too long, in every stage. */
export function continueAsNewDue({ newRunDue }: Order): boolean {
  return newRunDue;
}

/** What ends a wait that belongs to no stage: it is not wanted any more, or a new run goes on with it. */
export function isInterrupted(order: Order): boolean {
  return order.cancel !== undefined || continueAsNewDue(order);
}

/** A sender's message has been taken in. */
export function countMessage(order: Order): void {
  order.messages++;
  order.messagesInAll++;
  weighHistory(order);
}
