import {
  PROOF_OF_IDENTITY,
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
  usLocal,
} from '../support/kyc';
import { standForAll } from '../support/stands';
import { devServer } from '../support/temporal';

describe('an order, from reservation to number', () => {
  const stand = standForAll(devServer);

  it('completes without any message if no KYC is required', async () => {
    const reference = await stand.start(usLocal);

    const result = await stand.client.result(reference);

    expect(result).toMatchObject({ outcome: 'COMPLETED', attempts: 1, missing: [] });
    expect(result.phoneNumbers).toHaveLength(1);
    expect(result.reservations).toEqual([expect.objectContaining({ state: 'COMPLETED' })]);
    await stand.checkHistory(reference);
  });

  it('waits for the registration and the documents, then submits once', async () => {
    const reference = await stand.start(auMobile);
    const waiting = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    expect(waiting.outstanding).toEqual({ registration: true, attachments: [PROOF_OF_IDENTITY] });

    await expect(stand.client.register(reference, auRegistration())).resolves.toMatchObject({ status: 'ACCEPTED' });
    await expect(stand.client.attach(reference, proofOfIdentity())).resolves.toMatchObject({ status: 'ACCEPTED' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', missing: [] });
    const order = stand.fake.control
      .audit()
      .orders.find(({ phoneNumbers }) => phoneNumbers[0] === waiting.phoneNumbers[0]);
    expect(order).toMatchObject({ submits: 1, submitAttempts: 1, registrationPuts: 1 });
    await stand.checkHistory(reference);
  });

  it('reports a refused registration to its sender, and continues to wait', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');

    const answer = await stand.client.register(reference, auRegistration({ postalCode: 'unknown' }));

    expect(answer.status).toBe('REFUSED');
    expect(answer.violations).toEqual([expect.objectContaining({ field: expect.stringContaining('postalCode') })]);
    await expect(stand.client.register(reference, auRegistration())).resolves.toMatchObject({ status: 'ACCEPTED' });
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  });

  it('uses KYC that arrives with the request', async () => {
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });
});
