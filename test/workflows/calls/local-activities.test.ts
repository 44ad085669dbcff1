import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from '../../../fake-sinch';
import { NoOpStore } from '../../../proof/bench/no-op-store';
import { SIGNAL, UPDATE, WORKFLOW_TYPE, workflowIdOf, type NumberOrderRequest } from '@number-orders/contract';
import { auMobile, auRegistration, proofOfIdentity } from '../../support/kyc';
import { openStand, type OrderStand } from '../../support/order-stand';
import { devServer } from '../../support/temporal';

const operator = { author: 'operator', reason: 'a look' };

/** Longer than a workflow task below, shorter than two. */
const LONG_MS = 1_200;

class SlowStore extends NoOpStore {
  override deleteAll(): Promise<void> {
    return pause(LONG_MS);
  }
}

/**
 * A worker that is busy, or dies, lets a local activity outlast the workflow task it was begun in. Then the messages of
 * the next task and the activity's result come one after the other at first, and together on replay.
 */
describe('a local activity that takes longer than a workflow task', () => {
  let stand: OrderStand;
  beforeAll(async () => {
    stand = await openStand(await devServer(), { ports: { store: new SlowStore() } });
  });
  afterEach(() => stand.fake.control.clearFaults());
  afterAll(async () => {
    await stand.close();
    await stand.environment.teardown();
  });

  async function start(order: Partial<NumberOrderRequest> = {}) {
    const reference = `test-${randomUUID()}`;
    const handle = await stand.environment.client.workflow.start(WORKFLOW_TYPE, {
      workflowId: workflowIdOf(reference),
      taskQueue: stand.taskQueue,
      workflowTaskTimeout: '1 second',
      args: [{ reference, ...auMobile, ...order }],
    });
    return { reference, handle };
  }

  type Handle = Awaited<ReturnType<typeof start>>['handle'];

  /** Some of every kind, answered or not. */
  async function sendMessages(handle: Handle): Promise<void> {
    const answers = Promise.allSettled([
      handle.executeUpdate(UPDATE.reservation),
      handle.executeUpdate(UPDATE.submitRegistration, { args: [auRegistration()] }),
      handle.executeUpdate(UPDATE.submitRegistration, { args: [auRegistration({ city: 'Perth' })] }),
      handle.executeUpdate(UPDATE.reread, { args: [operator] }),
      handle.signal(SIGNAL.registration, auRegistration({ city: 'Hobart' })),
    ]);
    await answers;
  }

  const delayed: Fault = { operation: 'lookupNumberRequirements', effect: 'DELAY', delayMs: LONG_MS };
  const failing: Fault = { ...delayed, effect: 'STATUS', status: 503 };

  it.each<[string, Fault, Partial<NumberOrderRequest>]>([
    ['a lookup, before a quantity is ordered', delayed, { selection: { quantity: {} } }],
    ['a lookup, before a search', delayed, { selection: { search: {} } }],
    ['a lookup that fails, and is tried as an activity', failing, { selection: { quantity: {} } }],
    ['a search', { ...delayed, operation: 'searchAvailableNumbers' }, { selection: { search: {} } }],
  ])('leaves a history that replays with messages of every kind beside it: %s', async (_what, fault, order) => {
    stand.fake.control.fault(fault);
    const { reference, handle } = await start(order);
    await pause(LONG_MS / 4);
    await sendMessages(handle);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.checkHistory(reference);
  });

  it('leaves a history that replays when it deletes documents at the end', async () => {
    const { reference, handle } = await start();
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, proofOfIdentity());
    await stand.client.cancel(reference, operator);
    await pause(LONG_MS / 4);
    await sendMessages(handle);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  });
});
