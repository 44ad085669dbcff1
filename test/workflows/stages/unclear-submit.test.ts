import type { Fault, OrderState } from '../../../fake-sinch';
import type { OrderView } from '@number-orders/contract';
import { PROOF_OF_IDENTITY, auMobile, auRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import { pollsEvery } from '../../support/order-stand';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

const LOST: [string, Partial<Fault>][] = [
  ['answers 500', { effect: 'STATUS', status: 500 }],
  ['never answers', { effect: 'HANG' }],
  ['breaks the connection', { effect: 'RESET' }],
];

describe('row 4: a submission whose answer is lost', () => {
  const { stand, open: openWith } = standToOpen(devServer);

  const loseSubmit = (fault: Partial<Fault>) =>
    stand.fake.control.fault({ operation: 'submit', effect: 'RESET', when: 'AFTER', ...fault });
  const atSinch = () => stand.fake.control.audit().orders.at(-1);
  const requests = () => stand.fake.control.audit().requests.submit?.count ?? 0;
  const move = (state: OrderState) => stand.fake.control.moveOrder(atSinch()?.idNumberOrder ?? '', state);
  const isAsking = ({ notices }: OrderView) => notices.some(({ message }) => message.endsWith('asking Sinch'));

  const open = ({ timeoutMs = 30_000, settleMs = 100 } = {}) =>
    openWith({ sinch: { timeoutMs }, policy: { settleMs }, ports: { polls: pollsEvery(100) } });

  it.each(LOST)('is not repeated if it was processed: Sinch %s', async (_how, fault) => {
    await open({ timeoutMs: 2_000 });
    loseSubmit(fault);

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(atSinch()).toMatchObject({ submits: 1, submitAttempts: 1 });
    expect(requests()).toBe(1);
    await stand.checkHistory(reference);
  });

  it.each(LOST)('is repeated if Sinch still has the order CREATED: Sinch %s', async (_how, fault) => {
    await open({ timeoutMs: 2_000 });
    loseSubmit({ ...fault, when: 'BEFORE' });

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(atSinch()).toMatchObject({ submits: 1, submitAttempts: 1 });
    expect(requests()).toBe(2);
    await stand.checkHistory(reference);
  });

  it('is not repeated while Sinch may still process it', async () => {
    await open({ timeoutMs: 2_000, settleMs: 3_000 });
    // Processed half a second after we gave it up: Sinch says CREATED at first.
    loseSubmit({ effect: 'DELAY', delayMs: 2_500 });

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(atSinch()).toMatchObject({ submits: 1, submitAttempts: 1 });
    await stand.checkHistory(reference);
  });

  it('is not repeated while Sinch cannot be asked', async () => {
    await open();
    loseSubmit({});
    stand.fake.control.fault({ operation: 'getNumberOrder', effect: 'HTML', times: 2 });

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(requests()).toBe(1);
    await stand.checkHistory(reference);
  });

  it.each([
    ['went through', 'AFTER', 1],
    ['did not', 'BEFORE', 2],
  ] as const)('is resolved although Sinch does not know the order when it is asked: it %s', async (_it, when, sent) => {
    await open();
    loseSubmit({ when });
    stand.fake.control.fault({ operation: 'getNumberOrder', effect: 'STATUS', status: 404, times: 2 });

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    const { notices } = await stand.client.order(reference);
    expect(notices.map(({ message }) => message)).toContain(
      'Sinch answered 404 for our own order: its state is unknown',
    );
    expect(atSinch()).toMatchObject({ submits: 1, submitAttempts: 1 });
    expect(requests()).toBe(sent);
    await stand.checkHistory(reference);
  });

  it.each(['IN_REVIEW', 'BLOCKED'] as const)('is followed if Sinch says %s', async (state) => {
    await open();
    stand.fake.control.planNextOrder({ review: [state === 'BLOCKED' ? 'BLOCK' : 'STUCK'] });
    loseSubmit({});
    const reference = await stand.start(usLocal);
    await stand.view(reference, ({ stage }) => stage === (state === 'BLOCKED' ? 'ACTION_REQUIRED' : 'IN_REVIEW'));

    move('COMPLETED');

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(requests()).toBe(1);
    await stand.checkHistory(reference);
  });

  it('is followed if Sinch answers with an unknown state', async () => {
    await open();
    loseSubmit({ when: 'BEFORE' });
    stand.fake.control.fault({ operation: 'getNumberOrder', effect: 'DELAY', delayMs: 5_000 });
    const reference = await stand.start(usLocal);
    await stand.view(reference, isAsking);
    move('ON_HOLD' as OrderState);
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');

    move('COMPLETED');

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(requests()).toBe(1);
    await stand.checkHistory(reference);
  });

  it.each(['REJECTED', 'EXPIRED'] as const)(
    'ends the order if Sinch says %s, and reports the reservation',
    async (state) => {
      await open();
      loseSubmit({ when: 'BEFORE' });
      stand.fake.control.fault({ operation: 'getNumberOrder', effect: 'DELAY', delayMs: 5_000 });
      const reference = await stand.start(usLocal);
      await stand.view(reference, isAsking);

      move(state);

      await expect(stand.client.result(reference)).resolves.toMatchObject({
        outcome: state,
        reservations: [{ sinchOrderId: atSinch()?.idNumberOrder, state: 'LAPSED' }],
      });
      expect(requests()).toBe(1);
      await stand.checkHistory(reference);
    },
  );

  it('is not undone by a read that is older than the submission', async () => {
    await open();
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start(usLocal);
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');

    move('CREATED');
    const { stage } = await stand.client.reread(reference, { author: 'Olga', reason: 'to see what is there' });
    expect(stage).toBe('IN_REVIEW');
    move('COMPLETED');
    await stand.client.reread(reference, { author: 'Olga', reason: 'to see what is there' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(requests()).toBe(1);
    await stand.checkHistory(reference);
  });

  it('is not repeated if Sinch refused it, until something has changed', async () => {
    await open();
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration());
    await stand.client.waiveRequirement(reference, {
      attachmentId: PROOF_OF_IDENTITY,
      author: 'Olga',
      reason: 'Sinch said it needs none',
    });
    const { stage } = await stand.view(reference, ({ notices }) =>
      notices.some(({ message }) => message.startsWith('Sinch refused the submission')),
    );
    expect(stage).toBe('AWAITING_KYC');

    await stand.client.attach(reference, proofOfIdentity());

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(atSinch()).toMatchObject({ submits: 1, submitAttempts: 2 });
    await stand.checkHistory(reference);
  });

  it('is not repeated if Sinch has lost the order, until Sinch knows it again', async () => {
    await open();
    const reference = await stand.start(auMobile);
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration());
    for (const operation of ['submit', 'getNumberOrder'] as const)
      stand.fake.control.fault({ operation, effect: 'STATUS', status: 404, times: 'ALWAYS' });
    await stand.client.attach(reference, proofOfIdentity());
    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

    stand.fake.control.clearFaults();
    await stand.client.reread(reference, { author: 'Olga', reason: 'Sinch says it is there again' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', sinchOrderId });
    expect(atSinch()).toMatchObject({ submits: 1, submitAttempts: 1 });
    await stand.checkHistory(reference);
  });
});
