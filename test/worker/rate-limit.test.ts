import { randomUUID } from 'node:crypto';
import { sinchTaskQueueOf, workflowIdOf } from '@number-orders/contract';
import { startWorker } from '../../src/worker';
import { gbMobile, gbRegistration } from '../support/kyc';
import { surroundings, type Surroundings } from './surroundings';

let around: Surroundings;
beforeAll(async () => {
  around = await surroundings();
});
afterAll(() => around.close());

/** One after the other, so that the order outlives a worker. */
async function whileWorking<T>(settings: ReturnType<Surroundings['settings']>, run: () => Promise<T>): Promise<T> {
  const worker = await startWorker(settings);
  try {
    return await run();
  } finally {
    await worker.stop();
  }
}

describe('a limit on the calls to Sinch of all workers together', () => {
  it('holds for every call, on a separate task queue, which still works after the limit was removed', async () => {
    const limited = around.settings({ NUMBER_ORDERS_SINCH_CALLS_PER_SECOND: '50' });
    const { taskQueue } = limited;
    const orders = around.orders(taskQueue);
    const reference = `test-${randomUUID()}`;
    await whileWorking(limited, () => orders.reserve({ reference, ...gbMobile }));

    await whileWorking(around.settings({ NUMBER_ORDERS_TASK_QUEUE: taskQueue }), async () => {
      await orders.register(reference, gbRegistration);
      await expect(orders.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    });

    const { events } = await around.temporal.workflow.getHandle(workflowIdOf(reference)).fetchHistory();
    const calls = (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
      scheduled ? [{ name: scheduled.activityType?.name, queue: scheduled.taskQueue?.name }] : [],
    );
    expect(calls.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['lookupNumberRequirements', 'searchAvailableNumbers', 'createNumberOrder']),
    );
    expect(new Set(calls.map(({ queue }) => queue))).toEqual(new Set([sinchTaskQueueOf(taskQueue)]));
  });
});
