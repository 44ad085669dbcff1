import type { Notification } from '../../../src/activities';
import {
  PROOF_OF_IDENTITY,
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
} from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const NEWS = { author: 'a test', reason: 'there is news' };

describe('row 10: an order the reviewers have blocked', () => {
  const told: Notification[] = [];
  const notifier = { notify: async (notification: Notification) => void told.push(notification) };
  const stand = standForAll(devServer, { ports: { notifier } });

  afterEach(() => {
    stand.fake.control.configure({ correctWhenBlocked: true, reviewSeconds: 0 });
  });

  it("shows the reviewers' messages, notifies the requester without them, and continues with corrected KYC", async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'], message: 'Say more about Alex Example' });
    const reference = await stand.start({
      ...gbMobile,
      registration: gbRegistration,
      notificationUrl: 'https://example.com/told',
    });
    const blocked = await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    expect(blocked.reviewLog).toEqual([{ message: 'Say more about Alex Example', createTime: expect.any(String) }]);

    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'ACCEPTED' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 1 });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 1, registrationPuts: 2 });
    const about = told.filter((notification) => notification.reference === reference);
    expect(about.map(({ type }) => type)).toContain('order.action_required');
    expect(JSON.stringify(about)).not.toContain('Alex Example');
    await stand.checkHistory(reference);
  });

  it('is not lost if its registration cannot be found and the order itself can', async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    stand.fake.control.fault({ operation: 'getRegistration', effect: 'STATUS', status: 404 });

    await expect(stand.client.reread(reference, NEWS)).resolves.toMatchObject({ stage: 'ACTION_REQUIRED' });

    stand.fake.control.clearFaults();
    await stand.client.register(reference, gbRegistration);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('accepts a better document too', async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'] });
    const reference = await stand.start({ ...auMobile, registration: auRegistration() });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, proofOfIdentity());
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');

    await expect(stand.client.attach(reference, proofOfIdentity())).resolves.toMatchObject({ status: 'ACCEPTED' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({
      submits: 1,
      attachments: { [PROOF_OF_IDENTITY]: { uploads: 2 } },
    });
    await stand.checkHistory(reference);
  });

  it('tells the sender what is wrong with wrong KYC, and stays blocked', async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');

    await expect(stand.client.register(reference, { data: [{}, {}] })).resolves.toMatchObject({
      status: 'REFUSED',
      violations: expect.arrayContaining([
        { field: 'requestDetails.data[0].useCase', description: 'is required', title: 'Use case' },
      ]),
    });

    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'ACTION_REQUIRED' });
    await stand.client.register(reference, gbRegistration);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it("that has returned to review accepts no second correction, and does not call the sender's document wrong", async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'] });
    const reference = await stand.start({ ...auMobile, registration: auRegistration() });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, proofOfIdentity());
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    stand.fake.control.moveOrder(idNumberOrder, 'IN_REVIEW');

    const answer = await stand.client.attach(reference, proofOfIdentity());

    expect(answer).toMatchObject({ status: 'REFUSED', reason: expect.stringContaining('is in review') });
    const { stage, attachments } = await stand.client.order(reference);
    expect(stage).toBe('IN_REVIEW');
    expect(attachments[0]?.status).not.toBe('REFUSED');
    stand.fake.control.moveOrder(idNumberOrder, 'COMPLETED');
    await stand.client.reread(reference, NEWS);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it("reports Sinch's refusal of KYC for a blocked order, and continues to follow it", async () => {
    stand.fake.control.configure({ correctWhenBlocked: false });
    stand.fake.control.planNextOrder({ review: ['BLOCK'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');

    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'REFUSED' });

    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'ACTION_REQUIRED' });
    stand.fake.control.moveOrder((await sinchOrderOf(stand, reference)).idNumberOrder, 'COMPLETED');
    await stand.client.reread(reference, NEWS);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('continues by itself if the reviewers were waiting for another party', async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK_THEN_APPROVE'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 1 });
    await stand.checkHistory(reference);
  });

  it('ends REJECTED with the last message of the reviewers when they reject it after all', async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');

    stand.fake.control.moveOrder((await sinchOrderOf(stand, reference)).idNumberOrder, 'REJECTED', 'Too late');
    await stand.client.reread(reference, NEWS);

    const result = await stand.client.result(reference);
    expect(result).toMatchObject({ outcome: 'REJECTED', reservations: [{ state: 'LAPSED' }] });
    expect(result.reviewLog.at(-1)?.message).toBe('Too late');
    await stand.checkHistory(reference);
  });

  it('notifies the requester again when it is rejected and a correction is awaited', async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK'] });
    const reference = await stand.start({
      ...gbMobile,
      registration: gbRegistration,
      onRejection: 'correct',
      notificationUrl: 'https://example.com/told',
    });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    stand.fake.control.moveOrder((await sinchOrderOf(stand, reference)).idNumberOrder, 'REJECTED');
    await stand.client.reread(reference, NEWS);

    const idsTold = () => {
      const calls = told.filter((each) => each.reference === reference && each.type === 'order.action_required');
      return new Set(calls.map(({ id }) => id));
    };
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED' && idsTold().size === 2);

    await stand.client.cancel(reference, { reason: 'enough seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED', attempts: 1 });
    expect(idsTold().size).toBe(2);
    await stand.checkHistory(reference);
  });
});

describe('row 10: an order the reviewers block again', () => {
  const told: Notification[] = [];
  const notifier = { notify: async (notification: Notification) => void told.push(notification) };
  const stand = standForAll(devServer, { ports: { notifier } });
  const calls = (reference: string, type = 'order.action_required') =>
    told.filter((each) => each.reference === reference && each.type === type).length;
  const blockedOrder = async (review: ('BLOCK' | 'APPROVE')[]) => {
    stand.fake.control.planNextOrder({ review, message: 'Say more' });
    const reference = await stand.start({
      ...gbMobile,
      registration: gbRegistration,
      notificationUrl: 'https://example.com/told',
    });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    return reference;
  };

  it('as soon as it has been corrected is noticed, although it was never seen in review, and the requester is notified', async () => {
    const reference = await blockedOrder(['BLOCK', 'BLOCK', 'APPROVE']);

    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'ACCEPTED' });

    const view = await stand.view(reference, ({ reviewLog }) => reviewLog.length === 2);
    expect(view.stage).toBe('ACTION_REQUIRED');
    await stand.view(reference, () => calls(reference) === 2);
    await stand.client.register(reference, gbRegistration);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 1 });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 1, registrationPuts: 3 });
    await stand.checkHistory(reference);
  });

  it('after a correction in Sinch’s own dashboard notifies the requester when an operator has it read from Sinch', async () => {
    const reference = await blockedOrder(['BLOCK']);
    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    stand.fake.control.moveOrder(idNumberOrder, 'IN_REVIEW');
    stand.fake.control.moveOrder(idNumberOrder, 'BLOCKED', 'And more still');

    await stand.client.reread(reference, NEWS);
    await stand.client.reread(reference, NEWS);

    const { stage, reviewLog } = await stand.client.order(reference);
    expect(stage).toBe('ACTION_REQUIRED');
    expect(reviewLog.map(({ message }) => message)).toEqual(['Say more', 'And more still']);
    await stand.view(reference, () => calls(reference) === 2 && calls(reference, 'order.review_feedback') === 1);
    stand.fake.control.moveOrder(idNumberOrder, 'COMPLETED');
    await stand.client.reread(reference, NEWS);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });
});
