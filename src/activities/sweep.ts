import { getClient, heartbeat } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/common';
import { isOpenRun, workflowIdOf, type SweepReport, type SweepRequest } from '@number-orders/contract';
import type { ActivityPorts } from './ports';

const REFERENCES_REPORTED = 100;

/** An order deletes its documents when it ends. These belong to orders that were never started, or could not delete them. */
export function sweepActivities({ store, retentionMs }: ActivityPorts) {
  return {
    /** Repeatable: it starts over, and deleted documents stay deleted. An order counts as closed only if Temporal says so. */
    async sweep({ dryRun }: SweepRequest): Promise<SweepReport> {
      const report: SweepReport = { seen: 0, open: 0, recent: 0, swept: 0, references: [] };
      const outstayed = Date.now() - retentionMs;
      for await (const { reference, newest } of store.stagedOrders()) {
        heartbeat();
        report.seen++;
        if (newest.getTime() >= outstayed) report.recent++;
        else if (await isOpen(reference)) report.open++;
        else {
          if (!dryRun) await store.deleteAll(reference);
          report.swept++;
          if (report.references.length < REFERENCES_REPORTED) report.references.push(reference);
        }
      }
      return report;
    },
  };
}

async function isOpen(reference: string): Promise<boolean> {
  try {
    const { status } = await getClient().workflow.getHandle(workflowIdOf(reference)).describe();
    return isOpenRun(status.name);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
