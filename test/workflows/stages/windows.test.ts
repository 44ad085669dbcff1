import type { OrderView } from '@number-orders/contract';
import { auMobile, auRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import { standToOpen } from '../../support/stands';
import { timeSkipping } from '../../support/temporal';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Minutes from `since` (RFC 3339) to each of the notices that begin so, on the server's clock. */
function minutesOf({ notices }: OrderView, beginning: string, since: string): number[] {
  return notices
    .filter(({ message }) => message.startsWith(beginning))
    .map(({ time }) => Math.round((Date.parse(time) - Date.parse(since)) / MINUTE));
}

const { stand, open } = standToOpen(timeSkipping);

describe('row 1: a reservation of any length', () => {
  const reservedAt = () => stand.fake.control.audit().orders[0]?.createTime ?? '';

  it('of 30 minutes has its reminders within them, a deadline 90 seconds early, and ends in time', async () => {
    await open({ fake: { reservationSeconds: 30 * 60 } });
    const reference = await stand.start(auMobile);

    const result = await stand.client.result(reference);

    expect(result).toMatchObject({ outcome: 'EXPIRED', reservations: [{ state: 'LAPSED' }] });
    const view = await stand.client.order(reference);
    expect(minutesOf(view, 'Reminder', reservedAt())).toEqual([14, 21, 26]);
    expect(minutesOf(view, 'The deadline has passed', reservedAt())).toEqual([29]);
    expect(await stand.lifetimeOf(reference)).toBeLessThan(35 * MINUTE);
    await stand.checkHistory(reference);
  });

  it('of 48 hours has its reminders at the same fractions, and a deadline 5 minutes early', async () => {
    await open();
    const reference = await stand.start(auMobile);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ reservations: [{ state: 'LAPSED' }] });

    const view = await stand.client.order(reference);
    const untilDeadline = 48 * 60 - 5;
    const parts = [0.5, 0.75, 0.9].map((part) => Math.round(untilDeadline * part));
    expect(minutesOf(view, 'Reminder', reservedAt())).toEqual(parts);
    expect(minutesOf(view, 'The deadline has passed', reservedAt())).toEqual([untilDeadline]);
    await stand.checkHistory(reference);
  });

  it('without an end from Sinch is assumed to last 48 hours from its creation', async () => {
    await open({ fake: { hideExpireTime: true } });
    const reference = await stand.start(auMobile);
    const { expireTime = '' } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    expect(Date.parse(expireTime) - Date.parse(reservedAt())).toBe(48 * HOUR);

    const result = await stand.client.result(reference);

    expect(result).toMatchObject({ outcome: 'EXPIRED', reservations: [{ state: 'LAPSED', expireTime }] });
    expect(await stand.lifetimeOf(reference)).toBeGreaterThanOrEqual(48 * HOUR);
    await stand.checkHistory(reference);
  });

  it('accepts KYC after the last reminder of a short window', async () => {
    await open({ fake: { reservationSeconds: 30 * 60 } });
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.environment.sleep(27 * MINUTE);

    await stand.client.register(reference, auRegistration());
    await stand.client.attach(reference, proofOfIdentity());

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 1 });
    expect(stand.fake.control.audit().orders).toMatchObject([{ state: 'COMPLETED', submits: 1 }]);
    await stand.checkHistory(reference);
  });
});

describe('row 2: an order that stays unconfirmed', () => {
  it('ends 48 hours after its creation, when any reservation must have lapsed', async () => {
    await open();
    const phoneNumber = '+12125550042';
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 500, when: 'AFTER' });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      phoneNumbers: [],
      reservations: [{ phoneNumbers: [phoneNumber], state: 'POSSIBLY_ORPHANED' }],
    });

    const waited = await stand.lifetimeOf(reference);
    expect(waited).toBeGreaterThanOrEqual(48 * HOUR);
    expect(waited).toBeLessThan(49 * HOUR);
    expect(stand.fake.control.audit().orders).toMatchObject([{ submitAttempts: 0 }]);
    await stand.checkHistory(reference);
  });

  it('is ordered again after those 48 hours if it is to be renewed', async () => {
    await open();
    const phoneNumber = '+12125550042';
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 500, when: 'AFTER' });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber }, onExpiry: 'renew' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      phoneNumbers: [phoneNumber],
      attempts: 2,
      reservations: [{ state: 'POSSIBLY_ORPHANED' }, { state: 'COMPLETED' }],
    });
    expect(stand.fake.control.audit().orders).toMatchObject([{ state: 'EXPIRED' }, { submits: 1 }]);
    await stand.checkHistory(reference);
  });
});
