import { temporal } from '@temporalio/proto';
import { Worker, type NativeConnection } from '@temporalio/worker';
import { NativeWorker, type NativeWorkerLike } from '@temporalio/worker/lib/worker';
import { isOpenRun } from '@number-orders/contract';
import { refuseQueriesAhead } from './queries-ahead';
import { ACTIVATION } from './activation-sieve';
import { signalsFirst } from './message-order';
import { sift } from './sieve';

/**
 * A worker, and a replay, that drops unused parts of messages before the SDK makes objects of them: a signal of a million
 * payloads, headers or notes would take seconds, and hold up all other orders. It also gives messages one order, live and on
 * replay. A worker refuses queries that have overtaken a workflow task. The hook is the SDK's own, for its tests.
 */
export class SiftingWorker extends Worker {
  protected static override nativeWorkerCtor = {
    create: async (...args: Parameters<typeof NativeWorker.create>) => {
      const [, connection, { namespace }] = args;
      const isOpen = (workflowId: string, runId: string) => isStillOpen(connection, { namespace, workflowId, runId });
      return refuseQueriesAhead(sifting(await NativeWorker.create(...args)), isOpen);
    },
    createReplay: async (...args: Parameters<typeof NativeWorker.createReplay>) => {
      const { worker, historyPusher } = await NativeWorker.createReplay(...args);
      return { worker: sifting(worker), historyPusher };
    },
  };
}

const { WorkflowExecutionStatus } = temporal.api.enums.v1;

async function isStillOpen(
  { workflowService }: NativeConnection,
  { namespace, ...execution }: { namespace: string; workflowId: string; runId: string },
): Promise<boolean> {
  try {
    const { workflowExecutionInfo } = await workflowService.describeWorkflowExecution({ namespace, execution });
    const status = WorkflowExecutionStatus[workflowExecutionInfo?.status ?? 0] ?? '';
    return isOpenRun(status.replace('WORKFLOW_EXECUTION_STATUS_', ''));
  } catch {
    // The query is asked again.
    return true;
  }
}

function sifting(worker: NativeWorkerLike): NativeWorkerLike {
  const { pollWorkflowActivation } = worker;
  worker.pollWorkflowActivation = async () => signalsFirst(sift(await pollWorkflowActivation(), ACTIVATION));
  return worker;
}
