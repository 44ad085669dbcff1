import { workflowInfo } from '@temporalio/workflow';
import type { Order } from './order';

/**
 * Temporal terminates an order whose history exceeds 50 MiB. From 4 MiB, the server's default suggestion, a new run begins as
 * soon as possible. From 16 MiB everything waits for the new run: updates are refused, KYC is kept. The rest is room for signals,
 * which cannot be refused.
 */
const NEW_RUN_BYTES = 4 * 1024 * 1024;
const FULL_BYTES = 16 * 1024 * 1024;

/** Call it after something has happened to an order, never in a condition: see docs/decisions/0008. */
export function weighHistory(order: Order): void {
  const { policy, messages } = order;
  const { continueAsNewSuggested, historyLength, historySize } = workflowInfo();
  order.runFull ||= historySize >= FULL_BYTES;
  order.newRunDue ||= continueAsNewSuggested || historySize >= NEW_RUN_BYTES;
  if (!policy) return;
  order.newRunDue ||= historyLength >= policy.continueAsNewEvents || messages >= policy.continueAsNewMessages;
}

/** Whether a new run is due. Every stage asks, as an order may wait for weeks. */
export function continueAsNewDue({ newRunDue }: Order): boolean {
  return newRunDue;
}

/** The next run starts its own count. */
export function forgetThisRun(order: Order): void {
  order.messages = 0;
  order.newRunDue = false;
  order.runFull = false;
}

/** Counts a message of a sender's. */
export function countMessage(order: Order): void {
  order.messages++;
  order.messagesInAll++;
  weighHistory(order);
}
