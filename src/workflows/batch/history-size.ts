import { workflowInfo } from '@temporalio/workflow';
import type { Batch } from './batch';

/** Call it whenever something has happened to a batch, never in a condition: see docs/decisions/0008. */
export function weighHistory(batch: Batch): void {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  batch.newRunDue ||= continueAsNewSuggested || historyLength >= (batch.continueAsNewEvents ?? Infinity);
}
