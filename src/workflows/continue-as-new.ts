import { workflowInfo } from '@temporalio/workflow';
import type { Order } from './order';

/** An order may wait for weeks: its history is begun anew before it grows too long. */
export function continueAsNewDue({ policy, messages }: Order): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  if (!policy) return false;
  return (
    continueAsNewSuggested || historyLength >= policy.continueAsNewEvents || messages >= policy.continueAsNewMessages
  );
}
