import { USUAL_RETRIES } from '../../../src/workflows/calls/retry-times';
import { auMobile, auRegistration, gbMobile, proofOfIdentity, usLocal } from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForAll } from '../../support/stands';
import { devServer, timeSkipping } from '../../support/temporal';

const HOUR = 3_600_000;

describe('the policy of its operators decides for an order', () => {
  const stand = standForAll(timeSkipping, { policy: { reminders: [0.25], lapseLooks: 1 } });

  it('when it reminds of KYC, and how often it asks whether a reservation has lapsed', async () => {
    stand.fake.control.configure({ hideExpireTime: true, tokenSeconds: 30 * 86_400 });
    stand.fake.control.planNextOrder({ reservationSeconds: 72 * 3_600 });
    const reference = await stand.start(gbMobile);

    const { outcome, reservations } = await stand.client.result(reference);
    expect(outcome).toBe('EXPIRED');
    expect(reservations[0]).toMatchObject({ state: 'LAPSING' });

    const { notices } = await stand.client.order(reference);
    const reminders = notices.filter(({ message }) => message.startsWith('Reminder'));
    const { createTime } = await sinchOrderOf(stand, reference);
    const hours = reminders.map(({ time }) => (Date.parse(time) - Date.parse(createTime)) / HOUR);
    expect(hours.map(Math.round)).toEqual([12]);
    expect(stand.fake.control.audit().requests.getNumberOrder?.count).toBe(1);
    await stand.checkHistory(reference);
  });
});

describe('the policy of its operators decides for an order', () => {
  const retries = {
    ...USUAL_RETRIES,
    calls: { initialMs: 2_000, maxMs: 20_000 },
    uploads: { initialMs: 7_000, maxMs: 70_000 },
  };
  const stand = standForAll(devServer, { policy: { searches: 3, retries } });

  it('how often it searches before it gives up', async () => {
    const search = { pattern: '+1999999', searchPattern: 'START' } as const;
    const reference = await stand.start({ ...usLocal, selection: { search } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE' });

    expect(stand.fake.control.audit().requests.searchAvailableNumbers?.count).toBe(3);
    await stand.checkHistory(reference);
  });

  it('when failed calls and uploads are retried, but a creation or submission never is', async () => {
    const reference = await stand.start({ ...auMobile, registration: auRegistration() });
    await stand.client.attach(reference, proofOfIdentity());
    await stand.client.result(reference);

    const [run] = await stand.runs(reference);
    const times = (run?.events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => {
      const { initialInterval, maximumInterval, maximumAttempts } = scheduled?.retryPolicy ?? {};
      const seconds = [Number(initialInterval?.seconds), Number(maximumInterval?.seconds)];
      return scheduled ? [[scheduled.activityType?.name, maximumAttempts || seconds]] : [];
    });
    expect(Object.fromEntries(times)).toMatchObject({
      createNumberOrder: 1,
      submitNumberOrder: 1,
      updateRegistration: [2, 20],
      uploadAttachment: [7, 70],
    });
    await stand.checkHistory(reference);
  });
});
