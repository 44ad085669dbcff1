import { randomUUID } from 'node:crypto';
import { ResourceBasedController, Worker } from '@temporalio/worker';
import type { NumberOrdersClient } from '../../src/client';
import { startWorker, type RunningWorker } from '../../src/worker';
import { gbMobile, gbRegistration, usLocal } from '../support/kyc';
import { surroundings, type Surroundings } from './surroundings';

let around: Surroundings;
let worker: RunningWorker;
let orders: NumberOrdersClient;

beforeAll(async () => {
  around = await surroundings();
});
afterAll(() => around.close());
afterEach(async () => {
  jest.restoreAllMocks();
  await worker.stop();
});

async function start(env: Record<string, string>): Promise<void> {
  const settings = around.settings(env);
  orders = around.orders(settings.taskQueue);
  worker = await startWorker(settings);
}

describe('the concurrency of a worker', () => {
  it('is what its settings say', async () => {
    const create = jest.spyOn(Worker, 'create');
    const targets = jest.spyOn(ResourceBasedController, 'create');
    await start({
      NUMBER_ORDERS_MAX_CACHED_WORKFLOWS: '30',
      NUMBER_ORDERS_MAX_WORKFLOW_TASKS: '20',
      NUMBER_ORDERS_MAX_ACTIVITIES: '40',
      NUMBER_ORDERS_TARGET_MEMORY_USAGE: '0.7',
      NUMBER_ORDERS_TARGET_CPU_USAGE: '0.6',
      NUMBER_ORDERS_MAX_POLLERS: '3',
      NUMBER_ORDERS_SHUTDOWN_GRACE: '7 seconds',
    });

    // One for the process, however many workers are in it.
    expect(targets.mock.calls).toEqual([[{ targetMemoryUsage: 0.7, targetCpuUsage: 0.6 }]]);
    const { options } = (await create.mock.results[0]?.value) as Worker;
    const pollers = { type: 'autoscaling', minimum: 1, initial: 3, maximum: 3 };
    expect(options).toMatchObject({
      maxCachedWorkflows: 30,
      tuner: {
        workflowTaskSlotSupplier: { type: 'fixed-size', numSlots: 20 },
        localActivityTaskSlotSupplier: { type: 'fixed-size', numSlots: 20 },
        activityTaskSlotSupplier: { type: 'resource-based', minimumSlots: 40, maximumSlots: 40 },
      },
      workflowTaskPollerBehavior: pollers,
      activityTaskPollerBehavior: pollers,
      shutdownGraceTimeMs: 7_000,
    });
  });

  it('is a hundred activities on a busy machine, and more on an idle one', async () => {
    const create = jest.spyOn(Worker, 'create');
    await start({});
    const { options } = (await create.mock.results[0]?.value) as Worker;
    expect(options.tuner).toMatchObject({ activityTaskSlotSupplier: { minimumSlots: 100, maximumSlots: 200 } });
  });

  it('can be less than the number of waiting orders', async () => {
    await start({ NUMBER_ORDERS_MAX_CACHED_WORKFLOWS: '2', NUMBER_ORDERS_MAX_POLLERS: '1' });
    const references = Array.from({ length: 6 }, () => `test-${randomUUID()}`);
    await Promise.all(references.map((reference) => orders.reserve({ reference, ...gbMobile })));

    await Promise.all(references.map((reference) => orders.register(reference, gbRegistration)));

    const results = await Promise.all(references.map((reference) => orders.result(reference)));
    expect(results.map(({ outcome }) => outcome)).toEqual(references.map(() => 'COMPLETED'));
  });

  it('is enough for one order on a machine without free memory or CPU', async () => {
    await start({ NUMBER_ORDERS_TARGET_MEMORY_USAGE: '0.01', NUMBER_ORDERS_TARGET_CPU_USAGE: '0.01' });
    const reference = `test-${randomUUID()}`;
    await orders.start({ reference, ...usLocal });
    await expect(orders.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
  });
});
