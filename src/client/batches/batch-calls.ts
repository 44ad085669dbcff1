import type { Client } from '@temporalio/client';
import { batchWorkflowIdOf } from '@number-orders/contract';
import { TemporalCalls } from '../temporal-calls';

/** The same bounded calls, to batches. */
export class BatchCalls extends TemporalCalls {
  constructor(
    private readonly temporal: Client,
    taskQueue: string,
    timeoutMs: number,
  ) {
    super(temporal, taskQueue, timeoutMs, 'Batch');
  }

  override handle(batch: string, runId?: string) {
    return this.temporal.workflow.getHandle(batchWorkflowIdOf(batch), runId);
  }
}
