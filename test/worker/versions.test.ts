import { randomUUID } from 'node:crypto';
import { temporal } from '@temporalio/proto';
import { SIGNAL, workflowIdOf } from '@number-orders/contract';
import type { NumberOrdersClient } from '../../src/client';
import { startWorker, type RunningWorker } from '../../src/worker';
import { gbMobile, gbRegistration } from '../support/kyc';
import { surroundings, type Surroundings } from './surroundings';

const PINNED = temporal.api.enums.v1.VersioningBehavior.VERSIONING_BEHAVIOR_PINNED;
const MESSAGES_A_RUN = 3;

describe('workers of two versions', () => {
  const deploymentName = `orders-${randomUUID()}`;
  const taskQueue = `versions-${randomUUID()}`;
  const workers: RunningWorker[] = [];
  let around: Surroundings;
  let orders: NumberOrdersClient;

  beforeAll(async () => {
    around = await surroundings();
    orders = around.orders(taskQueue);
  });
  afterAll(async () => {
    for (const worker of workers) await worker.stop();
    await around.close();
  });

  const start = async (buildId: string) => {
    const settings = around.settings({
      NUMBER_ORDERS_TASK_QUEUE: taskQueue,
      NUMBER_ORDERS_DEPLOYMENT: deploymentName,
      NUMBER_ORDERS_BUILD_ID: buildId,
      NUMBER_ORDERS_CONTINUE_AS_NEW_MESSAGES: String(MESSAGES_A_RUN),
    });
    workers.push(await startWorker(settings));
    await makeCurrent(buildId);
  };

  /** As `temporal worker deployment set-current-version` does. The server takes a moment to know a version. */
  async function makeCurrent(buildId: string, triesLeft = 100): Promise<void> {
    const request = { namespace: 'default', deploymentName, buildId };
    try {
      await around.connection.workflowService.setWorkerDeploymentCurrentVersion(request);
    } catch (error) {
      if (triesLeft === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
      await makeCurrent(buildId, triesLeft - 1);
    }
  }

  const begin = async () => {
    const reference = `test-${randomUUID()}`;
    await orders.reserve({ reference, ...gbMobile });
    return reference;
  };
  const versionOf = async (reference: string) => {
    const { raw } = await around.temporal.workflow.getHandle(workflowIdOf(reference)).describe();
    const { behavior, deploymentVersion } = raw.workflowExecutionInfo?.versioningInfo ?? {};
    return { behavior, buildId: deploymentVersion?.buildId };
  };
  const runIdOf = async (reference: string) =>
    (await around.temporal.workflow.getHandle(workflowIdOf(reference)).describe()).runId;
  const on = (buildId: string) => ({ behavior: PINNED, buildId });

  it('complete each order on the version that it started on, including all its runs', async () => {
    await start('A');
    const [one, another] = [await begin(), await begin()];
    await start('B');
    const later = await begin();
    expect([await versionOf(one), await versionOf(later)]).toEqual([on('A'), on('B')]);

    const firstRun = await runIdOf(another);
    const handle = around.temporal.workflow.getHandle(workflowIdOf(another));
    for (let message = 0; message < MESSAGES_A_RUN; message++) await handle.signal(SIGNAL.sinchEvent, { message });
    while ((await runIdOf(another)) === firstRun) await new Promise((resolve) => setTimeout(resolve, 50));

    for (const reference of [one, another, later]) {
      await orders.register(reference, gbRegistration);
      await expect(orders.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    }
    expect([await versionOf(one), await versionOf(another), await versionOf(later)]).toEqual([
      on('A'),
      on('A'),
      on('B'),
    ]);
  });

  it('start new orders on the former version when it is made current again', async () => {
    await makeCurrent('A');
    const reference = await begin();
    expect(await versionOf(reference)).toEqual(on('A'));
    await orders.cancel(reference, { reason: 'seen' });
    await orders.result(reference);
  });
});
