import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities';
import type { SweepReport, SweepRequest } from '@number-orders/contract';

/** The next scheduled sweep does what this one could not. */
const { sweep } = proxyActivities<Pick<Activities, 'sweep'>>({
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '2 minutes',
  retry: { maximumAttempts: 3 },
});

/** Deletes the documents of orders that are not open, once they are older than the worker's NUMBER_ORDERS_RETENTION. */
export async function sweepAttachments({ dryRun }: SweepRequest): Promise<SweepReport> {
  return sweep.executeWithOptions({ summary: dryRun ? 'Look for documents to delete' : 'Delete documents' }, [
    { dryRun },
  ]);
}
