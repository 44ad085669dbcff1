import { setTimeout } from 'node:timers/promises';
import { gbMobile, gbRegistration } from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

describe('row 12: the deadline is reached while no worker runs', () => {
  const stand = standForAll(devServer, { fake: { reservationSeconds: 10 } });

  /** An order that waits for its registration, and no worker to take it. */
  const orderLeftAlone = async () => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const { expireTime } = await sinchOrderOf(stand, reference);
    await stand.stopWorker();
    return { reference, untilLapsed: () => setTimeout(Math.max(0, Date.parse(expireTime) - Date.now()) + 100) };
  };

  const expectExpired = async (reference: string, missing: string[]) => {
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      missing,
      reservations: [{ state: 'LAPSED' }],
    });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ state: 'EXPIRED', submits: 0 });
    await stand.checkHistory(reference);
  };

  it('and the order expires although KYC arrived in time', async () => {
    const { reference, untilLapsed } = await orderLeftAlone();
    await stand.client.register(reference, gbRegistration, { signal: true });
    await untilLapsed();
    await stand.startWorker();

    await expectExpired(reference, ['registration']);
  });

  it('and the order expires if KYC arrives in the same workflow task, because the clock decides', async () => {
    const { reference, untilLapsed } = await orderLeftAlone();
    await untilLapsed();
    await stand.client.register(reference, gbRegistration, { signal: true });
    await stand.startWorker();

    await expectExpired(reference, ['registration']);
  });

  it('and no submission starts when a worker runs again', async () => {
    stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 429, retryAfter: 4 });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, () => (stand.fake.control.audit().requests.submit?.faulted ?? 0) > 0);
    await stand.stopWorker();
    await stand.startWorker({ callsSinch: false });
    const { expireTime } = await sinchOrderOf(stand, reference);
    await setTimeout(Math.max(0, Date.parse(expireTime) - Date.now()) + 100);
    await stand.restartWorker();

    await expectExpired(reference, []);
    expect(stand.fake.control.audit().requests.submit).toEqual({ count: 1, faulted: 1 });
  });

  it('and a cancel in the same workflow task cancels the order, whose reservation has lapsed', async () => {
    const { reference, untilLapsed } = await orderLeftAlone();
    await untilLapsed();
    await stand.client.cancel(reference, { reason: 'changed plans' });
    await stand.startWorker();

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      reservations: [{ state: 'LAPSED' }],
    });
    await stand.checkHistory(reference);
  });
});

describe('row 12: the deadline is reached during the submission', () => {
  const stand = standForAll(devServer, { fake: { reservationSeconds: 5 }, sinch: { timeoutMs: 8_000 } });

  it('which was processed: its answer never comes, but the order is in review and continues', async () => {
    stand.fake.control.fault({ operation: 'submit', effect: 'HANG', when: 'AFTER' });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 1, submitAttempts: 1 });
    await stand.checkHistory(reference);
  });

  it('which comes too late: the reservation has lapsed, and no KYC is called wrong', async () => {
    stand.fake.control.fault({ operation: 'submit', effect: 'DELAY', delayMs: 6_000 });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      missing: [],
      reservations: [{ state: 'LAPSED' }],
    });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 0, submitAttempts: 1 });
    expect((await stand.client.order(reference)).violations).toEqual([]);
    await stand.checkHistory(reference);
  });
});
