import type { Operation } from '../../../fake-sinch';
import type { OrderView } from '@number-orders/contract';
import { PROOF_OF_IDENTITY, auMobile, auRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import { standForEach } from '../../support/stands';
import { timeSkipping } from '../../support/temporal';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const saying =
  (words: string) =>
  ({ notices }: OrderView): boolean =>
    notices.some(({ message }) => message.includes(words));

describe('row 5: while Sinch is not usable', () => {
  const stand = standForEach(timeSkipping);

  const isWaiting = ({ stage }: OrderView) => stage === 'AWAITING_KYC';
  const loseCredentials = () => {
    stand.fake.control.revokeTokens();
    stand.fake.control.fault({ operation: 'token', effect: 'STATUS', status: 401, times: 'ALWAYS' });
  };

  const inSeconds = () => 600;
  const asDate = () => new Date(Date.now() + 600_000).toUTCString();

  it.each<[Operation, string, () => number | string]>([
    ['lookupNumberRequirements', 'seconds', inSeconds],
    ['lookupNumberRequirements', 'a date', asDate],
    ['searchAvailableNumbers', 'seconds', inSeconds],
    ['createNumberOrder', 'seconds', inSeconds],
    ['submit', 'a date', asDate],
  ])('%s, answered 429 with Retry-After as %s, is repeated when that time has passed', async (...row) => {
    const [operation, , retryAfter] = row;
    stand.fake.control.fault({ operation, effect: 'STATUS', status: 429, retryAfter: retryAfter() });

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 1 });
    const waited = await stand.lifetimeOf(reference);
    expect(waited).toBeGreaterThan(9.9 * MINUTE);
    expect(waited).toBeLessThan(15 * MINUTE);
    expect(stand.fake.control.audit().requests[operation]).toEqual({ count: 2, faulted: 1 });
    await stand.checkHistory(reference);
  });

  it('a creation is tried for a week, and then fails', async () => {
    const aDay = (24 * HOUR) / 1_000;
    const turnAway = { effect: 'STATUS', status: 429, retryAfter: aDay, times: 'ALWAYS' } as const;
    stand.fake.control.fault({ operation: 'createNumberOrder', ...turnAway });

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', reservations: [] });
    expect(await stand.lifetimeOf(reference)).toBeGreaterThanOrEqual(7 * 24 * HOUR);
    expect(await stand.lifetimeOf(reference)).toBeLessThan(8 * 24 * HOUR);
    expect(stand.fake.control.audit().orders).toEqual([]);
    await stand.checkHistory(reference);
  });

  it('a creation that is told to wait for a month is repeated after a day', async () => {
    const aMonth = (30 * 24 * HOUR) / 1_000;
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429, retryAfter: aMonth });

    const reference = await stand.start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(await stand.lifetimeOf(reference)).toBeLessThan(25 * HOUR);
    await stand.checkHistory(reference);
  });

  it('a submission waits for valid credentials, and says so', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, isWaiting);
    stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 403, times: 'ALWAYS' });
    await stand.client.register(reference, auRegistration());
    await stand.client.attach(reference, proofOfIdentity());
    await stand.view(reference, saying('The submission was not processed (SinchUnauthorized); trying again in 300 s'));
    await stand.environment.sleep(HOUR);
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'SUBMITTING' });

    stand.fake.control.clearFaults();

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(stand.fake.control.audit().orders).toMatchObject([{ submits: 1, submitAttempts: 1 }]);
    await stand.checkHistory(reference);
  });

  it('KYC is kept, and sent when the credentials are valid again', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, isWaiting);
    loseCredentials();
    await stand.client.register(reference, auRegistration(), { signal: true });
    await stand.client.attach(reference, proofOfIdentity(), { signal: true });
    await stand.environment.sleep(12 * HOUR);
    await expect(stand.client.order(reference)).resolves.toMatchObject({
      stage: 'AWAITING_KYC',
      outstanding: { registration: true, attachments: [PROOF_OF_IDENTITY] },
      violations: [],
    });

    stand.fake.control.clearFaults();

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 1 });
    expect(await stand.lifetimeOf(reference)).toBeLessThan(13 * HOUR);
    await stand.checkHistory(reference);
  });

  it('an order stays open past its deadline until Sinch can say what happened to its reservation', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, isWaiting);
    loseCredentials();
    await stand.environment.sleep(72 * HOUR);
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'AWAITING_KYC' });

    stand.fake.control.clearFaults();

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      reservations: [{ state: 'LAPSED' }],
    });
    await stand.checkHistory(reference);
  });

  it('a cancel is not delayed, and the reservation is left to lapse', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, isWaiting);
    stand.fake.control.fault({ operation: '*', effect: 'HTML', times: 'ALWAYS' });

    await stand.client.cancel(reference, { reason: 'changed plans' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      reservations: [{ state: 'LAPSING' }],
    });
    expect(await stand.lifetimeOf(reference)).toBeLessThan(5 * MINUTE);
    await stand.checkHistory(reference);
  });

  it('a review is followed to its end when the credentials are valid again', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start(usLocal);
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    loseCredentials();
    await stand.environment.sleep(30 * HOUR);
    stand.fake.control.moveOrder(sinchOrderId, 'COMPLETED');

    stand.fake.control.clearFaults();

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });
});
