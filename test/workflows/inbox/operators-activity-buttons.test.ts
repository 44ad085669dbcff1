import { workflowIdOf } from '@number-orders/contract';
import { impatientBundle } from '../../support/impatient-bundle';
import { usLocal } from '../../support/kyc';
import { activityCli, pendingCall } from '../../support/operator-cli';
import { openStand, type OrderStand } from '../../support/order-stand';
import { devServer } from '../../support/temporal';

/** A worker that dies in the midst of a call, which is to say that nobody answers Temporal, and an operator who means well. */
describe("Temporal's buttons for a call that must not happen twice", () => {
  let stand: OrderStand;
  const countOf = (operation: 'createNumberOrder' | 'submit') =>
    stand.fake.control.audit().requests[operation]?.count ?? 0;
  const lose = (operation: 'createNumberOrder' | 'submit') =>
    stand.fake.control.fault({ operation, effect: 'HANG', when: 'AFTER' });
  let next = 300;
  const start = () => stand.start({ ...usLocal, selection: { phoneNumber: `+12125550${next++}` } });
  const end = async (reference: string) => {
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  };

  beforeAll(async () => {
    stand = await openStand(await devServer(), {
      workflowBundle: await impatientBundle(),
      sinch: { timeoutMs: 60_000 },
      policy: { settleMs: 300 },
    });
  });
  afterEach(() => {
    stand.fake.control.clearFaults();
  });
  afterAll(async () => {
    await stand.close();
    await stand.environment.teardown();
  });

  const again: [string, string[][]][] = [
    ['more attempts allowed', [['update-options', '--retry-maximum-attempts', '5']]],
    [
      'more attempts allowed, and reset while it is tried again',
      [['update-options', '--retry-maximum-attempts', '5', '--retry-initial-interval', '5s'], ['reset']],
    ],
  ];
  it.each(again)(
    'a creation is made once with %s, and its number counts as ours, not as taken by others',
    async (_how, presses) => {
      const before = countOf('createNumberOrder');
      lose('createNumberOrder');
      const reference = await start();
      const { activityId } = await pendingCall(stand.environment.client, reference, 'createNumberOrder');
      for (const [verb = '', ...options] of presses) {
        if (verb === 'reset')
          await pendingCall(stand.environment.client, reference, 'createNumberOrder', ({ attempt }) => attempt === 2);
        await activityCli(verb, reference, activityId, ...options);
      }

      const { notices } = await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

      expect(countOf('createNumberOrder')).toBe(before + 1);
      expect(notices.map(({ message }) => message).join()).not.toContain('is not available');
      const { idNumberOrder = '' } = stand.fake.control.audit().orders.at(-1) ?? {};
      await stand.client.adoptOrder(reference, { idNumberOrder, author: 'Olga', reason: 'it is ours' });
      await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
      await stand.checkHistory(reference);
    },
  );

  it('a submission is made once with more attempts allowed', async () => {
    const before = countOf('submit');
    lose('submit');
    const reference = await start();
    const { activityId } = await pendingCall(stand.environment.client, reference, 'submitNumberOrder');
    await activityCli('update-options', reference, activityId, '--retry-maximum-attempts', '5');

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

    expect(countOf('submit')).toBe(before + 1);
    await stand.checkHistory(reference);
  });

  it.each([[[]], [['--reset-attempts']]])(
    'a creation that is paused while its worker dies is made once, and ends, when it is unpaused %j',
    async (options) => {
      const before = countOf('createNumberOrder');
      lose('createNumberOrder');
      const reference = await start();
      const { activityId } = await pendingCall(stand.environment.client, reference, 'createNumberOrder');
      await activityCli('pause', reference, activityId);
      // Longer than Temporal lets it be under way.
      await new Promise((resolve) => setTimeout(resolve, 9_000));
      await activityCli('unpause', reference, activityId, ...options);

      await expect(
        stand.environment.client.workflow.getHandle(workflowIdOf(reference)).describe(),
      ).resolves.toMatchObject({ status: { name: 'RUNNING' } });
      await untilUnconfirmed(reference);

      expect(countOf('createNumberOrder')).toBe(before + 1);
      await end(reference);
    },
  );

  it('a submission that is paused while its worker dies is not waited for for ever, and Sinch is asked', async () => {
    const before = countOf('submit');
    lose('submit');
    const reference = await start();
    const { activityId } = await pendingCall(stand.environment.client, reference, 'submitNumberOrder');
    await activityCli('pause', reference, activityId);
    await new Promise((resolve) => setTimeout(resolve, 9_000));
    await activityCli('unpause', reference, activityId);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

    expect(countOf('submit')).toBe(before + 1);
    await stand.checkHistory(reference);
  });

  it('a creation that stays paused is not touched, because operators may have reasons', async () => {
    lose('createNumberOrder');
    const reference = await start();
    const { activityId } = await pendingCall(stand.environment.client, reference, 'createNumberOrder');
    await activityCli('pause', reference, activityId);

    // Looked after twice, and past its time.
    await new Promise((resolve) => setTimeout(resolve, 45_000));

    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'RESERVING' });
    await activityCli('unpause', reference, activityId);
    await untilUnconfirmed(reference);
    await end(reference);
  });

  /** Longer than a test usually waits: Temporal's own lateness is tolerated for half a minute. */
  async function untilUnconfirmed(reference: string): Promise<void> {
    for (const until = Date.now() + 90_000; Date.now() < until;) {
      if ((await stand.client.order(reference)).stage === 'UNCONFIRMED') return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error('The order stands still');
  }
});
