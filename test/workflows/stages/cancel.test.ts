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

  it('before a worker has started it has reserved nothing', async () => {
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

  it('while Sinch refuses its creation does not try it again', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429, times: 'ALWAYS' });
    const before = countOrders();
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ notices }) => notices.length > 0);

    await cancel(reference);

    await expectCancelled(reference, { reservations: [] });
    expect(countOrders()).toBe(before);
  });

  it('while it is being created reports what was reserved', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'DELAY', delayMs: 1_500 });
    const faulted = () => stand.fake.control.audit().requests.createNumberOrder?.faulted ?? 0;
    const before = faulted();
    const reference = await stand.start(gbMobile);
    await stand.view(reference, () => faulted() > before);

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

  it('while KYC is being sent to a Sinch that does not answer still ends', async () => {
    stand.fake.control.fault({ operation: 'updateRegistration', effect: 'HTML', times: 'ALWAYS' });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, () => (stand.fake.control.audit().requests.updateRegistration?.faulted ?? 0) > 0);

    await cancel(reference);

    await expectCancelled(reference, { missing: ['registration'], reservations: [{ state: 'LAPSING' }] });
  });

  it('while Sinch refuses its submission is not submitted any more', async () => {
    stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 429, times: 'ALWAYS' });
    const reference = await stand.start(usLocal);
    await stand.view(reference, ({ stage }) => stage === 'SUBMITTING');

    await cancel(reference);

    await expectCancelled(reference, { reservations: [{ state: 'LAPSING' }] });
    expect((await sinchOrderOf(stand, reference)).submits).toBe(0);
  });

  it('at the moment of its submission is followed, and its number is released if it completes anyway', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    stand.fake.control.fault({ operation: 'submit', effect: 'DELAY', delayMs: 1_000 });
    const before = stand.fake.control.audit().requests.submit?.faulted ?? 0;
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, () => (stand.fake.control.audit().requests.submit?.faulted ?? 0) > before);

    await cancel(reference);

    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    await expectReleasedOnceCompleted(reference);
  });

  it('that somebody has submitted by hand is followed, and its number is released if it completes anyway', async () => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    stand.fake.control.moveOrder((await sinchOrderOf(stand, reference)).idNumberOrder, 'IN_REVIEW');

    await cancel(reference);

    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    await expectReleasedOnceCompleted(reference);
  });

  it('in review is followed, and its number is released if it completes anyway', async () => {
    const reference = await orderInReview();

    await cancel(reference);
    await stand.client.reread(reference, NEWS);

    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'IN_REVIEW' });
    await expectReleasedOnceCompleted(reference);
  });

  it('in review, and rejected then, has ended', async () => {
    const reference = await orderInReview({ ...gbMobile, onRejection: 'correct' });

    await cancel(reference);
    stand.fake.control.moveOrder((await sinchOrderOf(stand, reference)).idNumberOrder, 'REJECTED');
    await stand.client.reread(reference, NEWS);

    await expectCancelled(reference, { attempts: 1, reservations: [{ state: 'LAPSED' }], compensations: [] });
  });

  it('while blocked accepts no KYC, and is followed to its end', async () => {
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

  it('while its number is linked releases the number', async () => {
    stand.fake.control.planNextOrder({ sms: 'STUCK' });
    const reference = await stand.start({ ...usLocal, ...sms });
    await stand.view(reference, ({ stage }) => stage === 'PROVISIONING');

    await cancel(reference);

    await expectCancelled(reference, { reservations: [{ state: 'COMPLETED' }] });
    expect((await sinchOrderOf(stand, reference)).released).toBe(true);
  });

  it('releases its number even if Sinch does not know it yet, or not at once', async () => {
    const reference = await orderInReview();
    stand.fake.control.fault({ operation: 'releaseNumber', effect: 'STATUS', status: 404, times: 2 });
    stand.fake.control.fault({ operation: 'releaseNumber', effect: 'STATUS', status: 422 });

    await cancel(reference);

    await expectReleasedOnceCompleted(reference);
  });

  it('in review, and temporarily unknown to Sinch, releases its number if it completes anyway', async () => {
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

  it('while Sinch does not know it after its submission releases its number if it completes anyway', async () => {
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

describe('row 15: an order that was cancelled and still bought', () => {
  const stand = standForEach(timeSkipping, { fake: { tokenSeconds: 30 * 86_400 } });
  const DAY = 86_400_000;

  it('says in its result, after a day, what could not be released', async () => {
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
