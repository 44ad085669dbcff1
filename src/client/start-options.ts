import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type WorkflowStartOptions } from '@temporalio/client';
import type { Priority } from '@temporalio/common';
import {
  describeSelection,
  FINGERPRINT_MEMO,
  workflowIdOf,
  type NumberOrderRequest,
  type OpenStage,
} from '../contract';
import { fingerprintOf } from './fingerprint';
import { regionKey, stageKey } from './search-attributes';

/** Tells the call that started an order from those that attach to it. */
export const START_ID_MEMO = 'startId';

export interface StartSettings {
  taskQueue: string;
  startId: string;
  /** Whether an order may follow the one that has ended. */
  again: boolean;
  priority: Priority | undefined;
}

/**
 * One order for each reference, for as long as Temporal remembers it. No retry policy, cron or time-out: with any of them a
 * run could follow the one that has ended, and reserve again.
 */
export function startOptions(request: NumberOrderRequest, { taskQueue, startId, again, priority }: StartSettings) {
  return {
    workflowId: workflowIdOf(request.reference),
    taskQueue,
    args: [request],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    workflowIdReusePolicy: again ? WorkflowIdReusePolicy.ALLOW_DUPLICATE : WorkflowIdReusePolicy.REJECT_DUPLICATE,
    ...(priority && { priority }),
    memo: { [FINGERPRINT_MEMO]: fingerprintOf(request), [START_ID_MEMO]: startId },
    typedSearchAttributes: [
      { key: stageKey, value: 'LOOKING_UP' satisfies OpenStage },
      { key: regionKey, value: request.regionCode },
    ],
    staticSummary: `${request.regionCode} ${request.numberType}: ${describeSelection(request.selection)}`,
    staticDetails: [
      `- reference: ${request.reference}`,
      `- asks for: ${request.regionCode} ${request.numberType}, ${describeSelection(request.selection)}`,
      `- if its reservation lapses: ${request.onExpiry === 'renew' ? 'it is reserved again' : 'the order ends'}`,
      `- if it is rejected: ${request.onRejection === 'correct' ? 'corrected KYC is awaited' : 'the order ends'}`,
    ].join('\n'),
  } satisfies WorkflowStartOptions;
}
