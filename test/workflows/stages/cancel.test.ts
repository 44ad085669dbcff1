import { readdir } from 'node:fs/promises';
import { workflowIdOf } from '@number-orders/contract';
import { auMobile, gbMobile, gbRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import { expectNoDoubleSubmit, sinchOrderOf } from '../../support/sinch-orders';
import { standForAll, standForEach } from '../../support/stands';
import { devServer, timeSkipping } from '../../support/temporal';

const NEWS = { author: 'a test', reason: 'there is news' };
const sms = { smsConfiguration: { servicePlanId: 'a-plan' } };

describe.each(['the cancel signal', "Temporal's own Cancel"])('row 15: an order cancelled by %s', (way) => {
  const stand = standForAll(devServer);

  afterEach(() => {
    stand.fake.control.clearFaults();
    expectNoDoubleSubmit(stand);
  });

  const handleOf = (reference: string) => stand.environment.client.workflow.getHandle(workflowIdOf(reference));

  const cancel = async (reference: string) => {
    if (way === 'the cancel signal')
      await stand.client.cancel(reference, { author: 'a test', reason: 'changed plans' });
    else await handleOf(reference).cancel();
  };

  const countOrders = () => stand.fake.control.audit().orders.length;

  /** The run ends Completed, with the outcome CANCELLED. */
  const expectCancelled = async (reference: string, rest: object) => {
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED', ...rest });
    expect((await handleOf(reference).describe()).status.name).toBe('COMPLETED');
    await stand.checkHistory(reference);
  };

  const expectReleasedOnceCompleted = async (reference: string) => {
    const { idNumberOrder, phoneNumbers } = await sinchOrderOf(stand, reference);
    stand.fake.control.moveOrder(idNumberOrder, 'COMPLETED');
    await stand.client.reread(reference, NEWS);
    await expectCancelled(reference, {
      reservations: [{ state: 'COMPLETED' }],
      compensations: [{ action: `release ${phoneNumbers[0]!}`, ok: true }],
    });
    expect((await sinchOrderOf(stand, reference)).released).toBe(true);
  };

  const orderInReview = async (request = gbMobile) => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start({ ...request, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    return reference;
  };

  it('before a worker has begun with it has reserved nothing', async () => {
    const before = countOrders();
    await stand.stopWorker();
    const reference = await stand.start(gbMobile);

    await cancel(reference);
    await stand.startWorker();

    await expectCancelled(reference, { reservations: [], phoneNumbers: [] });
    expect(countOrders()).toBe(before);
  });

  it('while it looks up the requirements has reserved nothing', async () => {
    stand.fake.control.fault({ operation: 'lookupNumberRequirements', effect: 'HTML', times: 'ALWAYS' });
    const before = countOrders();
    const reference = await stand.start(gbMobile);

    await cancel(reference);

    await expectCancelled(reference, { reservations: [], phoneNumbers: [] });
    expect(countOrders()).toBe(before);
  });

  it('while Sinch turns its creation away reserves nothing any more', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429, times: 'ALWAYS' });
    const before = countOrders();
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ notices }) => notices.length > 0);

    await cancel(reference);

    await expectCancelled(reference, { reservations: [] });
    expect(countOrders()).toBe(before);
  });

  it('while it is being created reports what was reserved after all', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'DELAY', delayMs: 1_500 });
    const reference = await stand.start(gbMobile);
    await stand.view(reference, () => (stand.fake.control.audit().requests.createNumberOrder?.faulted ?? 0) > 0);

    await cancel(reference);

    await expectCancelled(reference, { reservations: [{ state: 'LAPSING', phoneNumbers: [expect.any(String)] }] });
    expect((await sinchOrderOf(stand, reference)).submits).toBe(0);
  });

  it('while it waits for KYC ends at once, says when its reservation lapses, and deletes the documents', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, proofOfIdentity());
    const { expireTime } = await sinchOrderOf(stand, reference);

    await cancel(reference);

    await expectCancelled(reference, {
      missing: ['registration'],
      reservations: [{ state: 'LAPSING', expireTime }],
      compensations: [{ action: 'delete staged files', ok: true }],
    });
    expect(await readdir(stand.folder)).not.toContain(reference);
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ state: 'CREATED', submits: 0 });
  });

  it('while KYC is on its way to a Sinch that does not answer ends all the same', async () => {
    stand.fake.control.fault({ operation: 'updateRegistration', effect: 'HTML', times: 'ALWAYS' });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, () => (stand.fake.control.audit().requests.updateRegistration?.faulted ?? 0) > 0);

    await cancel(reference);

    await expectCancelled(reference, { missing: ['registration'], reservations: [{ state: 'LAPSING' }] });
  });

  it('while Sinch turns its submission away is not submitted any more', async () => {
    stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 429, times: 'ALWAYS' });
    const reference = await stand.start(usLocal);
    await stand.view(reference, ({ stage }) => stage === 'SUBMITTING');

    await cancel(reference);

    await expectCancelled(reference, { reservations: [{ state: 'LAPSING' }] });
    expect((await sinchOrderOf(stand, reference)).submits).toBe(0);
  });

  it('in the instant of its submission is followed, and released when it completes anyway', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    stand.fake.control.fault({ operation: 'submit', effect: 'DELAY', delayMs: 1_000 });
    const before = stand.fake.control.audit().requests.submit?.faulted ?? 0;
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, () => (stand.fake.control.audit().requests.submit?.faulted ?? 0) > before);

    await cancel(reference);

    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    await expectReleasedOnceCompleted(reference);
  });

  it('that somebody else has submitted meanwhile is followed, and released when it completes anyway', async () => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    stand.fake.control.moveOrder((await sinchOrderOf(stand, reference)).idNumberOrder, 'IN_REVIEW');

    await cancel(reference);

    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    await expectReleasedOnceCompleted(reference);
  });

  it('in review is followed, and released when it completes anyway', async () => {
    const reference = await orderInReview();

    await cancel(reference);
    await stand.client.reread(reference, NEWS);

    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'IN_REVIEW' });
    await expectReleasedOnceCompleted(reference);
  });

  it('in review, and rejected then, is over', async () => {
    const reference = await orderInReview({ ...gbMobile, onRejection: 'correct' });

    await cancel(reference);
    stand.fake.control.moveOrder((await sinchOrderOf(stand, reference)).idNumberOrder, 'REJECTED');
    await stand.client.reread(reference, NEWS);

    await expectCancelled(reference, { attempts: 1, reservations: [{ state: 'LAPSED' }], compensations: [] });
  });

  it('while blocked takes no KYC, and is followed to its end', async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    const { idNumberOrder } = await sinchOrderOf(stand, reference);

    await cancel(reference);
    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({
      status: 'REFUSED',
      reason: expect.stringContaining('cancelled'),
    });
    stand.fake.control.moveOrder(idNumberOrder, 'EXPIRED');
    await stand.client.reread(reference, NEWS);

    await expectCancelled(reference, { reservations: [{ state: 'LAPSED' }] });
  });

  it('while a correction is awaited is not ordered again', async () => {
    stand.fake.control.planNextOrder({ review: ['REJECT'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration, onRejection: 'correct' });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');

    await cancel(reference);

    await expectCancelled(reference, { attempts: 1, reservations: [{ state: 'LAPSED' }] });
  });

  it('while its number is linked is released', async () => {
    stand.fake.control.planNextOrder({ sms: 'STUCK' });
    const reference = await stand.start({ ...usLocal, ...sms });
    await stand.view(reference, ({ stage }) => stage === 'PROVISIONING');

    await cancel(reference);

    await expectCancelled(reference, { reservations: [{ state: 'COMPLETED' }] });
    expect((await sinchOrderOf(stand, reference)).released).toBe(true);
  });

  it('is released also where Sinch does not know the number yet, or not at once', async () => {
    const reference = await orderInReview();
    stand.fake.control.fault({ operation: 'releaseNumber', effect: 'STATUS', status: 404, times: 2 });
    stand.fake.control.fault({ operation: 'releaseNumber', effect: 'STATUS', status: 422 });

    await cancel(reference);

    await expectReleasedOnceCompleted(reference);
  });

  it('in review, and unknown to Sinch for a moment, is released when it completes anyway', async () => {
    const reference = await orderInReview();
    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    await cancel(reference);
    stand.fake.control.vanishOrder(idNumberOrder);
    await stand.client.reread(reference, NEWS);
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'UNCONFIRMED' });

    stand.fake.control.moveOrder(idNumberOrder, 'COMPLETED');
    stand.fake.control.vanishOrder(idNumberOrder, false);

    await expectCancelled(reference, {
      reservations: [{ sinchOrderId: idNumberOrder, state: 'COMPLETED' }],
      compensations: [{ ok: true }],
    });
    expect((await sinchOrderOf(stand, reference)).released).toBe(true);
  });

  it('while Sinch does not know it, though it was submitted, is released when it completes anyway', async () => {
    const reference = await orderInReview();
    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    stand.fake.control.vanishOrder(idNumberOrder);
    await stand.client.reread(reference, NEWS);
    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

    await cancel(reference);
    await stand.client.reread(reference, NEWS);
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'UNCONFIRMED' });
    stand.fake.control.vanishOrder(idNumberOrder, false);
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');

    await expectReleasedOnceCompleted(reference);
  });

  it('twice is cancelled once', async () => {
    const reference = await orderInReview();
    const { idNumberOrder } = await sinchOrderOf(stand, reference);

    await cancel(reference);
    await cancel(reference);
    stand.fake.control.moveOrder(idNumberOrder, 'COMPLETED');
    await stand.client.reread(reference, NEWS);

    await expectCancelled(reference, { compensations: [{ ok: true }] });
  });
});

describe('row 15: an order that was cancelled and bought all the same', () => {
  const stand = standForEach(timeSkipping, { fake: { tokenSeconds: 30 * 86_400 } });
  const DAY = 86_400_000;

  it('says in its result what could not be released, after a day', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    stand.fake.control.fault({ operation: 'releaseNumber', effect: 'STATUS', status: 404, times: 'ALWAYS' });
    const reference = await stand.start(usLocal);
    const { phoneNumbers, sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');

    await stand.client.cancel(reference, { reason: 'changed plans' });
    stand.fake.control.moveOrder(sinchOrderId, 'COMPLETED');

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      compensations: [{ action: `release ${phoneNumbers[0]!}`, ok: false, detail: 'SinchNotFound' }],
    });
    expect(await stand.lifetimeOf(reference)).toBeGreaterThan(0.9 * DAY);
    await stand.checkHistory(reference);
  });
});
