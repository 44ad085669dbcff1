import { OrderEndedError } from '../../../src/client';
import {
  COMPANY_REGISTRATION,
  PROOF_OF_ADDRESS,
  PROOF_OF_IDENTITY,
  UTILITY_BILL,
  auMobile,
  auRegistration,
  deLocal,
  deRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
} from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

describe('row 6: KYC before the reservation exists, during submission, after it', () => {
  const stand = standForAll(devServer);

  afterEach(() => stand.fake.control.clearFaults());

  it('is kept while there is no reservation, and sent once there is one', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429, times: 'ALWAYS' });
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ notices }) => notices.length > 0);

    await expect(stand.client.register(reference, auRegistration())).resolves.toMatchObject({ status: 'KEPT' });
    await expect(stand.client.attach(reference, proofOfIdentity())).resolves.toMatchObject({ status: 'KEPT' });
    stand.fake.control.clearFaults();

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({
      submits: 1,
      registrationPuts: 1,
      attachments: { [PROOF_OF_IDENTITY]: { uploads: 1 } },
    });
    await stand.checkHistory(reference);
  });

  it('is sent once, in its later version, if two registrations came too early', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429, times: 'ALWAYS' });
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ notices }) => notices.length > 0);
    await stand.client.register(reference, auRegistration({ city: 'Perth' }), { signal: true });
    await stand.client.register(reference, auRegistration({ city: 'Hobart' }), { signal: true });
    stand.fake.control.clearFaults();

    await stand.view(reference, ({ stage, outstanding }) => stage === 'AWAITING_KYC' && !outstanding.registration);

    const { idNumberOrder, registrationPuts } = await sinchOrderOf(stand, reference);
    expect(registrationPuts).toBe(1);
    expect(stand.fake.control.registrationOf(idNumberOrder)).toEqual(auRegistration({ city: 'Hobart' }));
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });

  it('can come in any order and by any channel, and is submitted when it is complete', async () => {
    const reference = await stand.start({ ...deLocal, registration: deRegistration });
    const document = { mimeType: 'application/pdf', fileName: 'document.pdf' };
    await stand.client.attach(reference, proofOfIdentity({ ...document, attachmentId: COMPANY_REGISTRATION }), {
      signal: true,
    });
    await stand.view(reference, ({ outstanding }) => outstanding.attachments.join() === PROOF_OF_ADDRESS);

    await expect(
      stand.client.attach(
        reference,
        proofOfIdentity({ ...document, attachmentId: PROOF_OF_ADDRESS, documentType: UTILITY_BILL }),
      ),
    ).resolves.toMatchObject({ status: 'ACCEPTED' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 1, submitAttempts: 1 });
    await stand.checkHistory(reference);
  });

  it('is refused with the reason while the order is being submitted', async () => {
    stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 429, times: 'ALWAYS' });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'SUBMITTING');

    const answer = await stand.client.register(reference, gbRegistration);

    expect(answer).toEqual({ status: 'REFUSED', reason: expect.stringContaining('reviewers'), violations: [] });
    stand.fake.control.clearFaults();
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 1, registrationPuts: 1 });
    await stand.checkHistory(reference);
  });

  it('is refused with the reason while in review, and accepted when the reviewers block the order', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK', 'APPROVE'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');

    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'REFUSED' });
    await stand.client.register(reference, gbRegistration, { signal: true });
    const { idNumberOrder, registrationPuts } = await sinchOrderOf(stand, reference);
    expect(registrationPuts).toBe(1);

    stand.fake.control.moveOrder(idNumberOrder, 'BLOCKED', 'Please say more about the use case');
    await stand.client.reread(reference, { author: 'a test', reason: 'there is news' });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'ACCEPTED' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('is answered with the outcome of the order when it comes after its end, and leaves no document behind', async () => {
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.client.result(reference);

    await expect(stand.client.register(reference, gbRegistration)).rejects.toThrow(OrderEndedError);
    await expect(stand.client.attach(reference, proofOfIdentity())).rejects.toThrow(OrderEndedError);
    await stand.checkHistory(reference);
  });
});
