import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type WorkflowStartOptions } from '@temporalio/client';
import { InternalWorkflowStartOptionsSymbol } from '@temporalio/client/lib/internal';
import type { Priority } from '@temporalio/common';
import {
  SEARCH_ATTRIBUTE_KEYS,
  describePriceLimit,
  describeSelection,
  FINGERPRINT_MEMO,
  FORCED_MEMO,
  workflowIdOf,
  type NumberOrderRequest,
  type OpenStage,
} from '@number-orders/contract';
import { fingerprintOf } from './fingerprint';

/** Tells the call that started an order from those that attach to it. */
export const START_ID_MEMO = 'startId';

export interface StartSettings {
  taskQueue: string;
  startId: string;
  /** The ended run that this attempt follows. Undefined: no ended run may be followed. */
  follows?: string | undefined;
  /** Why the attempt was forced, and what it leaves behind. */
  forced?: string | undefined;
  priority: Priority | undefined;
}

/**
 * One order for each reference, as long as Temporal keeps it. No retry policy, cron or time-out: with any of them a new run could
 * follow an ended one, and reserve again.
 */
export function startOptions(request: NumberOrderRequest, settings: StartSettings) {
  const { taskQueue, startId, follows, forced, priority } = settings;
  return {
    workflowId: workflowIdOf(request.reference),
    taskQueue,
    args: [request],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    workflowIdReusePolicy: follows ? WorkflowIdReusePolicy.ALLOW_DUPLICATE : WorkflowIdReusePolicy.REJECT_DUPLICATE,
    // Temporal treats a start with the request id of its current run as the same start, even after that run has ended. So of all
    // callers that saw one run end, only one starts the next.
    ...(follows && { [InternalWorkflowStartOptionsSymbol]: { requestId: `new-attempt-after-${follows}` } }),
    ...(priority && { priority }),
    memo: {
      [FINGERPRINT_MEMO]: fingerprintOf(request),
      [START_ID_MEMO]: startId,
      ...(forced && { [FORCED_MEMO]: forced }),
    },
    typedSearchAttributes: [
      { key: SEARCH_ATTRIBUTE_KEYS.stage, value: 'LOOKING_UP' satisfies OpenStage },
      { key: SEARCH_ATTRIBUTE_KEYS.region, value: request.regionCode },
      ...(request.batch === undefined ? [] : [{ key: SEARCH_ATTRIBUTE_KEYS.batch, value: request.batch }]),
      ...(request.project === undefined ? [] : [{ key: SEARCH_ATTRIBUTE_KEYS.project, value: request.project }]),
    ],
    staticSummary: `${request.regionCode} ${request.numberType}: ${describeSelection(request.selection)}`,
    staticDetails: [
      `- reference: ${request.reference}`,
      `- asks for: ${request.regionCode} ${request.numberType}, ${describeSelection(request.selection)}`,
      ...(request.project === undefined ? [] : [`- Sinch project: ${request.project}`]),
      ...(request.priceLimit ? [`- pays: ${describePriceLimit(request.priceLimit)}`] : []),
      `- if its reservation lapses: ${request.onExpiry === 'renew' ? 'it is reserved again' : 'the order ends'}`,
      `- if it is rejected: ${request.onRejection === 'correct' ? 'corrected KYC is awaited' : 'the order ends'}`,
    ].join('\n'),
  } satisfies WorkflowStartOptions;
}
