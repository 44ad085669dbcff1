import { SIGNAL, workflowIdOf } from '@number-orders/contract';
import { PROOF_OF_IDENTITY, auMobile, gbMobile, gbRegistration, proofOfIdentity } from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForEach } from '../../support/stands';
import { timeSkipping } from '../../support/temporal';

const HOUR = 3_600_000;
const NEWS = { author: 'a test', reason: 'there is news' };

describe('row 14: Sinch lets a reservation expire before our timer', () => {
  const stand = standForEach(timeSkipping);

  /** An order whose reservation Sinch has ended, unbeknown to it. */
  const expiredEarly = async (request = gbMobile) => {
    const reference = await stand.start(request);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    stand.fake.control.moveOrder(idNumberOrder, 'EXPIRED');
    return { reference, idNumberOrder };
  };

  const expectExpiredAtOnce = async (reference: string, missing: string[]) => {
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      missing,
      reservations: [{ state: 'LAPSED' }],
    });
    expect(await stand.lifetimeOf(reference)).toBeLessThan(HOUR);
    await stand.checkHistory(reference);
  };

  it('and the order notices when KYC is sent: the KYC is not called wrong', async () => {
    const { reference } = await expiredEarly();

    const answer = await stand.client.register(reference, gbRegistration);

    expect(answer).toEqual({ status: 'REFUSED', reason: 'the reservation is over', violations: [] });
    await expectExpiredAtOnce(reference, ['registration']);
  });

  it('and the order notices when a document is sent', async () => {
    const { reference } = await expiredEarly(auMobile);

    const answer = await stand.client.attach(reference, proofOfIdentity());

    expect(answer).toMatchObject({ status: 'REFUSED', reason: 'the reservation is over' });
    await expectExpiredAtOnce(reference, ['registration', PROOF_OF_IDENTITY]);
  });

  it('and the order notices at a callback', async () => {
    const { reference, idNumberOrder } = await expiredEarly();
    const event = { eventType: 'NUMBER_ORDER_PROCESSING', resourceType: 'NUMBER_ORDER', status: 'EXPIRED' };

    await stand.environment.client.workflow
      .getHandle(workflowIdOf(reference))
      .signal(SIGNAL.sinchEvent, { ...event, eventId: 'one', resourceId: idNumberOrder });

    await expectExpiredAtOnce(reference, ['registration']);
  });

  it('and the order notices when an operator has it read from Sinch', async () => {
    const { reference } = await expiredEarly();

    await stand.client.reread(reference, NEWS);

    await expectExpiredAtOnce(reference, ['registration']);
  });

  it('and the order notices when it is submitted: no KYC is called wrong', async () => {
    stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 429, retryAfter: 60 });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, ({ notices }) => notices.length > 0);
    stand.fake.control.moveOrder((await sinchOrderOf(stand, reference)).idNumberOrder, 'EXPIRED');

    await expectExpiredAtOnce(reference, []);
    expect((await stand.client.order(reference)).violations).toEqual([]);
  });

  it('and the KYC that revealed it is kept for the next reservation if the order renews', async () => {
    const { reference } = await expiredEarly({ ...gbMobile, onExpiry: 'renew' });

    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'KEPT' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      attempts: 2,
      reservations: [{ state: 'LAPSED' }, { state: 'COMPLETED' }],
    });
    await stand.checkHistory(reference);
  });
});
