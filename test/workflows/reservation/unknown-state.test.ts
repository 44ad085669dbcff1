import { gbMobile, gbRegistration, usLocal } from '../../support/kyc';
import { alteredOrders, type OrderCall } from '../../support/altered-orders';
import { pollsEvery } from '../../support/order-stand';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const OLGA = { author: 'Olga', reason: 'a look' };

describe('an unknown state of a Sinch order', () => {
  /** What Sinch calls the state, while it is not one of those it documents. */
  let word: string | undefined;
  let calls: OrderCall[] = ['create', 'read', 'submit'];
  const alter = alteredOrders((order, call) => ({ ...order, ...(word && calls.includes(call) && { state: word }) }));
  const stand = standForAll(devServer, {
    alter,
    ports: { polls: pollsEvery(100) },
  });
  const inReview = () => stand.fake.control.audit().orders.at(-1);

  afterEach(() => {
    word = undefined;
    calls = ['create', 'read', 'submit'];
  });

  async function blocked(): Promise<string> {
    stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    return reference;
  }

  it('is shown unchanged, and KYC still reaches an order that the reviewers had blocked', async () => {
    const reference = await blocked();
    word = 'SUSPENDED';
    await stand.client.reread(reference, OLGA);

    const view = await stand.view(reference, ({ sinchState }) => sinchState === 'SUSPENDED');
    expect(view).toMatchObject({ stage: 'ACTION_REQUIRED' });
    expect(view.notices.at(-1)?.message).toBe(
      'Sinch reports the unknown state SUSPENDED: the order is polled until it is in another',
    );
    await expect(stand.client.register(reference, gbRegistration)).resolves.toEqual({
      status: 'ACCEPTED',
      violations: [],
    });

    expect(inReview()).toMatchObject({ registrationPuts: 2 });
    word = undefined;
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('lets an order continue where it was when it has passed', async () => {
    const reference = await blocked();
    word = 'SUSPENDED';
    await stand.client.reread(reference, OLGA);
    word = undefined;

    await stand.view(reference, ({ stage, sinchState }) => stage === 'ACTION_REQUIRED' && sinchState === 'BLOCKED');
    await stand.client.register(reference, gbRegistration);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('is noticed by the next regular read, even if another one follows, and its end is noticed too', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start(usLocal);
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');

    for (const next of ['SUSPENDED', 'UNDER_INVESTIGATION', 'a word\ud800']) {
      word = next;
      const shown = next.startsWith('a word') ? 'not a word' : next;
      await expect(stand.view(reference, ({ sinchState }) => sinchState === shown)).resolves.toMatchObject({
        stage: 'IN_REVIEW',
      });
    }
    word = undefined;
    stand.fake.control.moveOrder(sinchOrderId, 'COMPLETED');

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('in a new reservation does not prevent KYC from being sent, or the submission', async () => {
    word = 'PENDING_STOCK';
    calls = ['create'];
    const reference = await stand.start(gbMobile);
    await expect(stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC')).resolves.toMatchObject({
      sinchState: 'PENDING_STOCK',
    });

    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'ACCEPTED' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(inReview()).toMatchObject({ submits: 1, submitAttempts: 1 });
    await stand.checkHistory(reference);
  });

  it('in an order that the reviewers had not blocked does not refuse or lose KYC, and its sender learns why it waits', async () => {
    stand.fake.control.planNextOrder({ review: ['REJECT'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration, onRejection: 'correct' });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');

    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({
      status: 'KEPT',
      reason: 'it will be sent when the order is placed again',
    });

    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });
});
