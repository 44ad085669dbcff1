import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { SIGNAL, workflowIdOf, type CancelRequest } from '@number-orders/contract';
import type { Batch } from './batch';

export function openOrdersToCancel({ cancel, open, ordersCancelled }: Batch): boolean {
  return cancel?.openOrders === true && !ordersCancelled && open.length > 0;
}

/** Each goes on as far as an order goes that is cancelled, and tells when it has ended. */
export async function cancelOpenOrders(batch: Batch): Promise<void> {
  batch.ordersCancelled = true;
  const { author, reason = '' } = batch.cancel ?? {};
  const argument: CancelRequest = { ...(author !== undefined && { author }), reason };
  await Promise.allSettled(
    batch.open.map((reference) =>
      // One that has just ended is not there to be cancelled.
      getExternalWorkflowHandle(workflowIdOf(reference)).signal(SIGNAL.cancel, argument),
    ),
  );
}
