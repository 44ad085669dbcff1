import { readdir } from 'node:fs/promises';
import {
  PROOF_OF_IDENTITY,
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
} from '../../support/kyc';
import type { OrderStand } from '../../support/order-stand';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForEach } from '../../support/stands';
import { timeSkipping } from '../../support/temporal';

const NUMBER = '+447911000007';
const LAPSED = { state: 'LAPSED', expireTime: expect.any(String) };

describe('row 13: an order that renews its reservation', () => {
  const stand = standForEach(timeSkipping);

  const renewing = { ...gbMobile, selection: { phoneNumber: NUMBER }, onExpiry: 'renew' as const };

  const awaitingOrder = async (request: Parameters<OrderStand['start']>[0]) => {
    const reference = await stand.start(request);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };

  it('does so three times by default, then ends EXPIRED, and notifies each time', async () => {
    const reference = await stand.start(renewing);

    const result = await stand.client.result(reference);

    expect(result).toMatchObject({
      outcome: 'EXPIRED',
      attempts: 4,
      missing: ['registration'],
      reservations: Array(4).fill({ ...LAPSED, phoneNumbers: [NUMBER] }),
    });
    expect(new Set(result.reservations.map(({ sinchOrderId }) => sinchOrderId)).size).toBe(4);
    const { notices } = await stand.client.order(reference);
    for (const attempt of [2, 3, 4]) {
      const told = `The reservation lapsed, reserving again: attempt ${attempt}`;
      expect(notices.filter(({ message }) => message === told)).toHaveLength(1);
    }
    expect(stand.fake.control.audit().orders.map(({ state }) => state)).toEqual(Array(4).fill('EXPIRED'));
    await stand.checkHistory(reference);
  });

  it.each([0, 1])('does so as often as maxRenewals says: %d', async (maxRenewals) => {
    const reference = await stand.start({ ...renewing, maxRenewals });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      attempts: maxRenewals + 1,
    });
    expect(stand.fake.control.audit().orders).toHaveLength(maxRenewals + 1);
    await stand.checkHistory(reference);
  });

  it('sends its documents for every reservation, and deletes them in the end', async () => {
    const reference = await awaitingOrder({ ...auMobile, onExpiry: 'renew' });
    await stand.client.attach(reference, proofOfIdentity());
    await stand.environment.sleep('5 days');
    const view = await stand.view(
      reference,
      ({ attempt, attachments }) => attempt === 3 && attachments[0]?.status === 'COMPLETED',
    );
    expect(view.outstanding).toEqual({ registration: true, attachments: [] });
    expect(await readdir(stand.folder)).toEqual([reference]);

    await stand.client.register(reference, auRegistration());

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 3 });
    const uploads = stand.fake.control.audit().orders.map(({ attachments }) => attachments[PROOF_OF_IDENTITY]);
    expect(uploads).toEqual(Array(3).fill({ ...uploads[0], uploads: 1 }));
    expect(await readdir(stand.folder)).toEqual([]);
    await stand.checkHistory(reference);
  });

  it('keeps KYC that comes between the deadline and the lapse for the next reservation', async () => {
    const reference = await awaitingOrder(renewing);
    await stand.environment.sleep((48 * 60 - 3) * 60_000);

    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'KEPT' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 2 });
    await stand.checkHistory(reference);
  });

  it('ends UNAVAILABLE when its number is gone', async () => {
    const reference = await awaitingOrder(renewing);
    // Sold elsewhere as soon as it lapses.
    stand.fake.control.removeNumber(NUMBER);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'UNAVAILABLE',
      attempts: 2,
      reservations: [LAPSED],
    });
    expect(stand.fake.control.audit().orders).toHaveLength(1);
    await stand.checkHistory(reference);
  });

  it('takes another number of its search if the first is gone', async () => {
    const reference = await awaitingOrder({ ...gbMobile, onExpiry: 'renew' });
    const first = (await sinchOrderOf(stand, reference)).phoneNumbers;
    stand.fake.control.removeNumber(first[0]!);
    await stand.environment.sleep('49 hours');
    const second = await stand.view(reference, ({ attempt, stage }) => attempt === 2 && stage === 'AWAITING_KYC');
    expect(second.phoneNumbers).not.toEqual(first);

    await stand.client.register(reference, gbRegistration);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      phoneNumbers: second.phoneNumbers,
    });
    await stand.checkHistory(reference);
  });

  it('ends at once if it is cancelled in a later reservation, and reserves no more', async () => {
    const reference = await awaitingOrder(renewing);
    await stand.environment.sleep('49 hours');
    await stand.view(reference, ({ attempt, stage }) => attempt === 2 && stage === 'AWAITING_KYC');

    await stand.client.cancel(reference, { reason: 'changed plans' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      attempts: 2,
      reservations: [LAPSED, { state: 'LAPSING' }],
    });
    expect(stand.fake.control.audit().orders).toHaveLength(2);
    await stand.checkHistory(reference);
  });
});

describe('row 13: Sinch is late to end a reservation that is to be renewed', () => {
  const stand = standForEach(timeSkipping, { fake: { hideExpireTime: true, tokenSeconds: 30 * 86_400 } });
  const HOURS = 3_600_000;
  const searching = { ...gbMobile, onExpiry: 'renew' as const };
  const ordering = { ...searching, selection: { phoneNumber: NUMBER } };
  const SELECTIONS = [
    ['by its number', ordering],
    ['by a search', searching],
  ] as const;

  /** Sinch keeps it for so long after the 48 hours that we take it for. */
  const keptLonger = async (request: Parameters<OrderStand['start']>[0], hours: number) => {
    stand.fake.control.planNextOrder({ reservationSeconds: (48 + hours) * 3_600 });
    const reference = await stand.start(request);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    return reference;
  };
  const orders = () => stand.fake.control.audit().orders;

  it.each(SELECTIONS)('so nothing is ordered again before it ends: %s', async (_how, request) => {
    const reference = await keptLonger(request, 3);
    await stand.environment.sleep(50 * HOURS);
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'AWAITING_KYC', attempt: 1 });
    expect(orders()).toHaveLength(1);
    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'KEPT' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      attempts: 2,
      reservations: [LAPSED, { state: 'COMPLETED' }],
    });
    expect(orders()).toMatchObject([{ state: 'EXPIRED', submitAttempts: 0 }, { submits: 1 }]);
    await stand.checkHistory(reference);
  });

  it.each(SELECTIONS)('and never ends it, so the order ends after a day, and says why: %s', async (_how, request) => {
    const reference = await keptLonger(request, 20 * 24);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      attempts: 1,
      reservations: [{ state: 'LAPSING' }],
    });

    expect(orders()).toHaveLength(1);
    expect(await stand.lifetimeOf(reference)).toBeLessThan(73 * HOURS);
    const { notices } = await stand.client.order(reference);
    expect(notices.map(({ message }) => message).slice(-2)).toEqual([
      expect.stringMatching(/^Sinch has not released the reservation: the renewal waits for that until 20\S+Z$/),
      'Sinch still holds the reservation, long after its end: the renewal is given up',
    ]);
    await stand.checkHistory(reference);
  });

  it('and never says so but sells the number again, so it is ordered again after a day', async () => {
    const reference = await keptLonger(ordering, 20 * 24);
    stand.fake.control.freeNumbers(NUMBER);

    await stand.environment.sleep(73 * HOURS);
    await stand.view(reference, ({ attempt, stage }) => attempt === 2 && stage === 'AWAITING_KYC');
    await stand.client.register(reference, gbRegistration);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 2 });
    await stand.checkHistory(reference);
  });

  it('and no longer knows it, so it is ordered again when its number is for sale', async () => {
    const reference = await keptLonger(ordering, 20 * 24);
    stand.fake.control.vanishOrder((await sinchOrderOf(stand, reference)).idNumberOrder);
    await stand.environment.sleep(50 * HOURS);
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'AWAITING_KYC', attempt: 1 });

    stand.fake.control.freeNumbers(NUMBER);
    await stand.environment.sleep(HOURS);

    await stand.view(reference, ({ attempt, stage }) => attempt === 2 && stage === 'AWAITING_KYC');
    await stand.client.register(reference, gbRegistration);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 2 });
    await stand.checkHistory(reference);
  });

  it('and the order is cancelled in that time, so it ends at once', async () => {
    const reference = await keptLonger(ordering, 10);
    await stand.environment.sleep(50 * HOURS);

    await stand.client.cancel(reference, { reason: 'changed plans' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      reservations: [{ state: 'LAPSING' }],
    });
    expect(orders()).toHaveLength(1);
    await stand.checkHistory(reference);
  });
});
