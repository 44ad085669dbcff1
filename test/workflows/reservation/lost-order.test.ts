import type { OrderState } from '../../../fake-sinch';
import { auMobile, auRegistration, gbMobile, gbRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import { pollsEvery } from '../../support/order-stand';
import { standForAll, standForEach } from '../../support/stands';
import { devServer, timeSkipping } from '../../support/temporal';

const MINUTE = 60_000;
const OLGA = { author: 'Olga', reason: 'asked by the support' };

describe('row 2: an order that Sinch no longer knows', () => {
  const stand = standForAll(devServer);

  async function lostOrder() {
    const reference = await stand.start(auMobile);
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    stand.fake.control.vanishOrder(sinchOrderId);
    await stand.client.reread(reference, OLGA);
    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');
    return { reference, sinchOrderId };
  }

  it('gets no more calls that change it, and KYC is kept and sent when Sinch knows it again', async () => {
    const { reference, sinchOrderId } = await lostOrder();

    await expect(stand.client.register(reference, auRegistration())).resolves.toMatchObject({ status: 'KEPT' });
    await expect(stand.client.attach(reference, proofOfIdentity())).resolves.toMatchObject({ status: 'KEPT' });
    const find = () => stand.fake.control.audit().orders.find(({ idNumberOrder }) => idNumberOrder === sinchOrderId);
    expect(find()).toMatchObject({ registrationPuts: 0, attachments: {}, submitAttempts: 0 });
    stand.fake.control.vanishOrder(sinchOrderId, false);
    await stand.client.reread(reference, OLGA);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      reservations: [{ sinchOrderId, state: 'COMPLETED' }],
    });
    expect(find()).toMatchObject({ registrationPuts: 1, submits: 1 });
    await stand.checkHistory(reference);
  });

  it('is reported as lapsed when it is found expired', async () => {
    const { reference, sinchOrderId } = await lostOrder();
    stand.fake.control.vanishOrder(sinchOrderId, false);
    stand.fake.control.moveOrder(sinchOrderId, 'EXPIRED');

    await stand.client.reread(reference, OLGA);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      reservations: [{ sinchOrderId, state: 'LAPSED' }],
    });
    await stand.checkHistory(reference);
  });

  it('is reported as a possible orphan when the order is cancelled', async () => {
    const { reference, sinchOrderId } = await lostOrder();

    await stand.client.cancel(reference, { reason: 'not wanted any more' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      reservations: [{ sinchOrderId, state: 'POSSIBLY_ORPHANED' }],
    });
    await stand.checkHistory(reference);
  });

  it('is also reported when an operator adopts an earlier creation in its place', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const { reference, sinchOrderId } = await lostOrder();
    const earlier = stand.fake.control.audit().orders.at(-2)?.idNumberOrder ?? '';

    await stand.client.adoptOrder(reference, { idNumberOrder: earlier, ...OLGA });
    await stand.view(reference, (view) => view.stage === 'AWAITING_KYC' && view.sinchOrderId === earlier);

    await stand.client.cancel(reference, { reason: 'enough seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      reservations: [
        { sinchOrderId, state: 'POSSIBLY_ORPHANED' },
        { sinchOrderId: earlier, state: 'LAPSING' },
      ],
    });
    await stand.checkHistory(reference);
  });

  it('is replaced by an adopted order, which is sent the same KYC', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const reference = await stand.start(auMobile);
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const earlier = stand.fake.control.audit().orders.at(-2)?.idNumberOrder ?? '';
    await expect(stand.client.register(reference, auRegistration())).resolves.toMatchObject({ status: 'ACCEPTED' });
    stand.fake.control.vanishOrder(sinchOrderId);
    await stand.client.reread(reference, OLGA);
    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

    await stand.client.adoptOrder(reference, { idNumberOrder: earlier, ...OLGA });

    await stand.view(reference, (view) => view.stage === 'AWAITING_KYC' && !view.outstanding.registration);
    expect(stand.fake.control.audit().orders.at(-2)).toMatchObject({ registrationPuts: 1, submitAttempts: 0 });
    await stand.client.attach(reference, proofOfIdentity());
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      reservations: [
        { sinchOrderId, state: 'POSSIBLY_ORPHANED' },
        { sinchOrderId: earlier, state: 'COMPLETED' },
      ],
    });
    await stand.checkHistory(reference);
  });
});

describe('row 2: an order that Sinch temporarily does not know', () => {
  const stand = standForAll(devServer, { fake: { reservationSeconds: 60 } });

  it.each([404, 410])('continues by itself within its short reservation: %d', async (status) => {
    const reference = await stand.start(gbMobile);
    const { sinchOrderId } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    stand.fake.control.fault({ operation: 'getNumberOrder', effect: 'STATUS', status, times: 4 });
    await stand.client.reread(reference, OLGA);
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'UNCONFIRMED' });

    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'KEPT' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', sinchOrderId });
    await stand.checkHistory(reference);
  });
});

describe('row 2: an order that Sinch no longer knows, without any message to it', () => {
  const stand = standForEach(timeSkipping, {
    // A token that expires costs a request of its own.
    fake: { tokenSeconds: 30 * 86_400 },
    policy: { settleMs: 100 },
    // The time-skipping server cannot cancel a look that ends at that very moment: they are seldom here.
    ports: { polls: pollsEvery(60 * MINUTE) },
  });

  const loseOrder = async (reference: string) => {
    const { sinchOrderId = '' } = await stand.client.order(reference);
    stand.fake.control.vanishOrder(sinchOrderId);
    await stand.client.reread(reference, OLGA);
    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');
    return sinchOrderId;
  };
  const lostBeforeSubmit = async (request = gbMobile) => {
    const reference = await stand.start(request);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return { reference, sinchOrderId: await loseOrder(reference) };
  };
  const lostInReview = async (request = gbMobile) => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start({ ...request, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    return { reference, sinchOrderId: await loseOrder(reference) };
  };
  const bringBack = (sinchOrderId: string, state: OrderState) => {
    stand.fake.control.vanishOrder(sinchOrderId, false);
    stand.fake.control.moveOrder(sinchOrderId, state);
  };
  const asked = () => stand.fake.control.audit().requests.getNumberOrder?.count ?? 0;

  it('is read again, every hour in the end, and continues when Sinch knows it again', async () => {
    const { reference, sinchOrderId } = await lostBeforeSubmit();
    await stand.environment.sleep(185 * MINUTE);
    const before = asked();
    await stand.environment.sleep(180 * MINUTE);
    expect(asked() - before).toBe(3);
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'UNCONFIRMED' });

    stand.fake.control.vanishOrder(sinchOrderId, false);
    await stand.environment.sleep(60 * MINUTE);

    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, gbRegistration);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', sinchOrderId });
    await stand.checkHistory(reference);
  });

  it('is read for 48 hours after its submission, even if it is cancelled', async () => {
    const { reference, sinchOrderId } = await lostInReview();
    await stand.client.cancel(reference, { reason: 'not wanted any more' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      reservations: [{ sinchOrderId, state: 'POSSIBLY_ORPHANED' }],
    });
    expect(await stand.lifetimeOf(reference)).toBeGreaterThan(48 * 60 * MINUTE);
    await stand.checkHistory(reference);
  });

  it('is ordered again after 48 hours if it renews and was not submitted', async () => {
    const { reference, sinchOrderId } = await lostBeforeSubmit({ ...gbMobile, onExpiry: 'renew', maxRenewals: 1 });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      attempts: 2,
      reservations: [{ sinchOrderId, state: 'POSSIBLY_ORPHANED' }, { state: 'LAPSED' }],
    });
    await stand.checkHistory(reference);
  });

  const expectNeverOrderedAgain = async (reference: string, sinchOrderId: string) => {
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      attempts: 1,
      reservations: [{ sinchOrderId, state: 'POSSIBLY_ORPHANED' }],
    });
    expect(stand.fake.control.audit().orders).toHaveLength(1);
    await stand.checkHistory(reference);
  };

  it('is never ordered again once it was submitted, because it may have been bought', async () => {
    const { reference, sinchOrderId } = await lostInReview({ ...gbMobile, onExpiry: 'renew' });

    await expectNeverOrderedAgain(reference, sinchOrderId);
  });

  it('is never ordered again once it may have been submitted', async () => {
    stand.fake.control.fault({ operation: 'submit', effect: 'RESET', when: 'AFTER' });
    stand.fake.control.fault({ operation: 'getNumberOrder', effect: 'STATUS', status: 404, times: 'ALWAYS' });
    const reference = await stand.start({ ...usLocal, onExpiry: 'renew' });
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

    await expectNeverOrderedAgain(reference, sinchOrderId);
  });

  it('is never ordered again if it was already in review when an operator adopted it', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const selection = { phoneNumber: '+12125550042' };
    const reference = await stand.start({ ...usLocal, selection, onExpiry: 'renew' });
    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');
    const idNumberOrder = stand.fake.control.audit().orders[0]?.idNumberOrder ?? '';
    stand.fake.control.moveOrder(idNumberOrder, 'IN_REVIEW');
    await stand.client.adoptOrder(reference, { idNumberOrder, ...OLGA });
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    await loseOrder(reference);

    await expectNeverOrderedAgain(reference, idNumberOrder);
  });

  it.each(['COMPLETED', 'IN_REVIEW', 'ON_HOLD' as OrderState] as const)(
    'is followed after its submission if Sinch has it %s within hours',
    async (state) => {
      const { reference, sinchOrderId } = await lostInReview();
      bringBack(sinchOrderId, state);
      await stand.environment.sleep(61 * MINUTE);
      if (state !== 'COMPLETED') {
        await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
        stand.fake.control.moveOrder(sinchOrderId, 'COMPLETED');
      }

      await expect(stand.client.result(reference)).resolves.toMatchObject({
        outcome: 'COMPLETED',
        reservations: [{ sinchOrderId, state: 'COMPLETED' }],
      });
      expect(stand.fake.control.audit().orders).toMatchObject([{ submits: 1, submitAttempts: 1 }]);
      await stand.checkHistory(reference);
    },
  );
});
