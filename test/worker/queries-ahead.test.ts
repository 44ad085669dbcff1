import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { coresdk } from '@temporalio/proto';
import type { NativeWorkerLike } from '@temporalio/worker/lib/worker';
import { batchWorkflowIdOf } from '@number-orders/contract';
import { ASK_AGAIN } from '../../src/client/ask-again';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { refuseQueriesAhead } from '../../src/worker/queries-ahead';
import { checkHistories } from '../support/check-histories';
import { auMobile } from '../support/kyc';
import { devServer } from '../support/temporal';
import { startWorkerProcess } from '../support/worker-process';

type Activation = coresdk.workflow_activation.IWorkflowActivation;
const { WorkflowActivation } = coresdk.workflow_activation;
const { WorkflowActivationCompletion } = coresdk.workflow_completion;

/** Which of the activations reach the workflow, by their history's length, and which runs are refused. */
async function handedOn(activations: Activation[], isOpen = true) {
  const left = activations.map((each) => Buffer.from(WorkflowActivation.encode({ runId: 'run', ...each }).finish()));
  const refused: (string | null | undefined)[] = [];
  const worker = {
    pollWorkflowActivation: () => {
      const next = left.shift();
      return next ? Promise.resolve(next) : Promise.reject(new Error('no more'));
    },
    completeWorkflowActivation: (completion: Buffer) => {
      const { failed } = WorkflowActivationCompletion.decodeDelimited(completion);
      refused.push(failed?.failure?.message);
      return Promise.resolve();
    },
  } as unknown as NativeWorkerLike;
  refuseQueriesAhead(worker, () => Promise.resolve(isOpen));
  const reached: number[] = [];
  for (;;) {
    const activation = await worker.pollWorkflowActivation().catch(() => undefined);
    if (!activation) return { reached, refused };
    reached.push(WorkflowActivation.decode(activation).historyLength);
  }
}

const signal = [{ signalWorkflow: { signalName: 'cancel' } }, { fireTimer: { seq: 1 } }];
const task = (second: number, more: Activation): Activation => ({
  timestamp: { seconds: second as never },
  historySizeBytes: (second * 100) as never,
  jobs: signal,
  ...more,
});
const start = task(1, { historyLength: 3, jobs: [{ initializeWorkflow: { workflowId: 'order' } }] });

describe('a query that arrives before the workflow task that precedes it', () => {
  it('is refused before any part of the task reaches the workflow, and the task reaches it once it has started', async () => {
    const ahead = task(1, { historyLength: 5 });
    await expect(handedOn([start, ahead])).resolves.toEqual({ reached: [3], refused: [ASK_AGAIN] });
    const removed = task(1, { historyLength: 5, jobs: [{ removeFromCache: {} }] });
    const again = task(2, { historyLength: 6 });
    await expect(handedOn([start, ahead, removed, start, again])).resolves.toEqual({
      reached: [3, 5, 3, 6],
      refused: [ASK_AGAIN],
    });
  });

  it('is answered if no task follows, because the workflow was terminated', async () => {
    const ahead = task(1, { historyLength: 5 });
    await expect(handedOn([start, ahead], false)).resolves.toEqual({ reached: [3, 5], refused: [] });
  });

  it('is distinguished from tasks, from activations within one task, and from other queries', async () => {
    const activations = [
      start,
      task(1, { historyLength: 3, jobs: [{ resolveActivity: { seq: 1 } }] }),
      task(1, { historyLength: 4, jobs: [{ queryWorkflow: { queryId: 'q' } }] }),
      task(2, { historyLength: 8 }),
      // A clock that stands still.
      { ...task(2, { historyLength: 12 }), historySizeBytes: 300 as never },
    ];
    await expect(handedOn(activations)).resolves.toEqual({ reached: [3, 3, 4, 8, 12], refused: [] });
  });

  it('does not corrupt a batch whose worker was killed: every worker can replay its history', async () => {
    const environment = await devServer();
    const worker = await startWorkerProcess();
    const client = await worker.connect();
    const { orders, temporal } = client;
    const batch = `ahead-${randomUUID()}`;
    const references = Array.from({ length: 9 }, (_none, row) => `${batch}-${row}`);
    await orders.batches.start(
      batch,
      references.map((reference) => ({ reference, ...auMobile })),
      { maxOpen: 3 },
    );
    while ((await orders.batches.view(batch)).open.length < 3) await delay(50);
    const handle = temporal.workflow.getHandle(batchWorkflowIdOf(batch));
    const ended = (reference = '') => handle.signal('orderClosed', { reference, outcome: 'COMPLETED' });

    // The dead worker's own queue keeps the query, and the task that comes after it, for ten seconds each.
    const restarted = worker.killAndStartAgain();
    await delay(200);
    const asked = handle.query('batch').catch((error: unknown) => String(error));
    await delay(2_000);
    await ended(references[0]);
    await restarted;
    await asked;
    await ended(references[1]);
    await ended(references[2]);

    while ((await orders.batches.view(batch)).taken < 6) await delay(50);
    await checkHistories(environment, [batchWorkflowIdOf(batch)], createWorkerDataConverter());
    await orders.batches.cancel(batch, { reason: 'seen', openOrders: true });
    await client.close();
    await worker.stop();
    await environment.teardown();
  });
});
