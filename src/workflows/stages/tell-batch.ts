import { getExternalWorkflowHandle } from '@temporalio/workflow';
import {
  BATCH_SIGNAL,
  batchWorkflowIdOf,
  type FailureType,
  type OrderClosed,
  type Outcome,
} from '@number-orders/contract';
import type { Order } from '../order/order';

/** Tells the order's batch that it has ended. A batch that has ended need not know; one that misses the signal asks Temporal. */
export async function tellBatch({ request, failure }: Order, outcome: Outcome | 'FAILED'): Promise<void> {
  const { batch, reference } = request;
  if (batch === undefined) return;
  const closed: OrderClosed = {
    reference,
    outcome,
    ...(failure?.type && { failure: failure.type as FailureType }),
  };
  try {
    await getExternalWorkflowHandle(batchWorkflowIdOf(batch)).signal(BATCH_SIGNAL.orderClosed, closed);
  } catch {
    // There is no such batch, or it has ended.
  }
}
