import { impatientBundle } from '../../support/impatient-bundle';
import { usLocal } from '../../support/kyc';
import { openStand, type OrderStand } from '../../support/order-stand';
import { devServer } from '../../support/temporal';

/** What a worker that was killed would have heard from Sinch, nobody hears: Temporal sees a call that never ends. */
describe('a worker that dies during a call', () => {
  let stand: OrderStand;
  const atSinch = () => stand.fake.control.audit().orders;

  beforeAll(async () => {
    stand = await openStand(await devServer(), {
      workflowBundle: await impatientBundle(),
      sinch: { timeoutMs: 10_000 },
    });
  });
  afterEach(() => {
    stand.fake.control.clearFaults();
  });
  afterAll(async () => {
    await stand.close();
    await stand.environment.teardown();
  });

  it('row 2: leaves a creation unconfirmed, and no second one is made', async () => {
    const phoneNumber = '+12125550300';
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'HANG', when: 'AFTER' });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber } });

    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

    expect(atSinch()).toMatchObject([{ phoneNumbers: [phoneNumber], state: 'CREATED' }]);
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      reservations: [{ phoneNumbers: [phoneNumber], state: 'POSSIBLY_ORPHANED' }],
    });
    await stand.checkHistory(reference);
  });

  it('row 4: leaves the submission open, and the order asks Sinch whether it was submitted', async () => {
    stand.fake.control.fault({ operation: 'submit', effect: 'HANG', when: 'AFTER' });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber: '+12125550301' } });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

    expect(atSinch().at(-1)).toMatchObject({ submits: 1, submitAttempts: 1 });
    expect(stand.fake.control.audit().requests.submit).toEqual({ count: 1, faulted: 1 });
    await stand.checkHistory(reference);
  });
});
