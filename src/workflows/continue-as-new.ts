import { workflowInfo } from '@temporalio/workflow';
import type { Stage } from '../contract';
import type { Order } from './order';

/** Who awaits the reservation is to be answered in this run; and what of a search was tried is remembered by it alone. */
const PASSING: readonly Stage[] = ['LOOKING_UP', 'RESERVING'];

/** To be asked whenever something has happened to an order, and never in a condition: see docs/decisions/0008. */
export function weighHistory(order: Order): void {
  const { policy, messages } = order;
  if (!policy) return;
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  order.newRunDue ||=
    continueAsNewSuggested || historyLength >= policy.continueAsNewEvents || messages >= policy.continueAsNewMessages;
}

/** An order may wait for weeks: its history is begun anew before it grows too long. */
export function continueAsNewDue({ newRunDue, stage }: Order): boolean {
  return newRunDue && !PASSING.includes(stage);
}
