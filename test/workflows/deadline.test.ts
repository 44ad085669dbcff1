import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { auMobile, auRegistration, proofOfIdentity } from '../support/kyc';
import { openStand, type OrderStand, type StandOptions } from '../support/order-stand';
import { timeSkipping } from '../support/temporal';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the deadline of a reservation', () => {
  let environment: TestWorkflowEnvironment;
  let stand: OrderStand;
  const open = async (options?: StandOptions) => (stand = await openStand(environment, options));

  beforeAll(async () => {
    environment = await timeSkipping();
  });
  afterEach(async () => {
    await stand.close();
  });
  afterAll(async () => {
    await environment.teardown();
  });

  it('ends an order whose KYC never comes, after 48 hours, and says what was missing', async () => {
    await open();
    const reference = await stand.start(auMobile);

    const result = await stand.client.result(reference);

    expect(result).toMatchObject({
      outcome: 'EXPIRED',
      missing: ['registration', 'proofOfIdentity'],
      reservations: [{ state: 'LAPSED' }],
    });
    const waited = await stand.lifetimeOf(reference);
    expect(waited).toBeGreaterThanOrEqual(48 * HOUR);
    expect(waited).toBeLessThan(48 * HOUR + 10 * MINUTE);
    await stand.checkHistory(reference);
  });

  it('reserves again and re-applies the KYC collected so far, when asked to renew', async () => {
    await open();
    const reference = await stand.start({ ...auMobile, onExpiry: 'renew' });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration());
    await environment.sleep(48 * HOUR + 5 * MINUTE);
    const renewed = await stand.view(
      reference,
      ({ attempt, outstanding }) => attempt === 2 && !outstanding.registration,
    );
    expect(renewed.outstanding.attachments).toEqual(['proofOfIdentity']);

    await stand.client.attach(reference, proofOfIdentity());

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      attempts: 2,
      reservations: [{ state: 'LAPSED' }, { state: 'COMPLETED' }],
    });
    await stand.checkHistory(reference);
  });
});
