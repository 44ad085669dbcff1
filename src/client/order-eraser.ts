import { isGrpcServiceError, type Client } from '@temporalio/client';
import { isOpenRun, workflowIdOf } from '@number-orders/contract';
import type { AttachmentStore } from '../store/attachment-store';
import type { TemporalCalls } from './temporal-calls';
import { OrderNotFoundError, OrderRefusedError } from './errors';

const NOT_FOUND = 5;

/** Deletes an ended order, except for a tombstone: deleting its runs would free its id for another order. */
export class OrderEraser {
  constructor(
    private readonly client: Client,
    private readonly calls: TemporalCalls,
    private readonly store: AttachmentStore,
  ) {}

  /**
   * Safe to repeat.
   * @returns how many runs Temporal was asked to delete; it does so within minutes
   */
  async erase(reference: string): Promise<number> {
    const runs = await this.runsOf(reference);
    if (runs.size === 0 && !(await this.store.isErased(reference))) throw new OrderNotFoundError(reference);
    // First, so that the reference cannot be used while its runs disappear.
    await this.store.markErased(reference);
    await this.store.deleteAll(reference);
    for (const runId of runs) await this.deleteRun(reference, runId);
    return runs.size;
  }

  /** The latest run is read by its id: visibility may not know it yet, and deleting an open one would terminate it. */
  private async runsOf(reference: string): Promise<Set<string>> {
    const runs = new Set<string>();
    try {
      const { runId, status } = await this.calls.call(reference, () => this.calls.handle(reference).describe());
      if (isOpenRun(status.name)) throw new OrderRefusedError(reference, 'it is open again; erase it with force');
      runs.add(runId);
    } catch (error) {
      if (!(error instanceof OrderNotFoundError)) throw error;
    }
    return this.calls.call(reference, async () => {
      const query = `WorkflowId = '${workflowIdOf(reference)}'`;
      for await (const { runId } of this.client.workflow.list({ query })) runs.add(runId);
      return runs;
    });
  }

  private deleteRun(reference: string, runId: string): Promise<void> {
    return this.calls.call(reference, async () => {
      try {
        await this.client.workflowService.deleteWorkflowExecution({
          namespace: this.client.options.namespace,
          workflowExecution: { workflowId: workflowIdOf(reference), runId },
        });
      } catch (error) {
        const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
        if (code !== NOT_FOUND) throw error;
      }
    });
  }
}
