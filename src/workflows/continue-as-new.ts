import { workflowInfo } from '@temporalio/workflow';
import type { Stage } from '../contract';
import type { Order } from './order';

/** Who awaits the reservation is to be answered in this run; and what of a search was tried is remembered by it alone. */
const PASSING: readonly Stage[] = ['LOOKING_UP', 'RESERVING'];

/** An order may wait for weeks: its history is begun anew before it grows too long. */
export function continueAsNewDue({ policy, messages, stage }: Order): boolean {
  if (!policy || PASSING.includes(stage)) return false;
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return (
    continueAsNewSuggested || historyLength >= policy.continueAsNewEvents || messages >= policy.continueAsNewMessages
  );
}
