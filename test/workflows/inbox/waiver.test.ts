import { OrderRefusedError } from '../../../src/client';
import {
  LETTER_OF_AUTHORIZATION as LETTER,
  PROOF_OF_IDENTITY,
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
} from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const OPERATOR = { author: 'an operator', reason: 'the account manager agreed' };

describe('a requirement that an operator waives', () => {
  const stand = standForAll(devServer);

  /** A registered order that has its mandatory document and waits for an optional one. */
  const awaitingLetter = async () => {
    const reference = await stand.start({
      ...auMobile,
      registration: auRegistration(),
      expectedAttachments: [LETTER],
    });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, proofOfIdentity());
    await stand.view(
      reference,
      ({ outstanding }) => !outstanding.registration && outstanding.attachments.join() === LETTER,
    );
    return reference;
  };

  const refusedSubmission = async (reference: string) =>
    stand.view(reference, ({ notices }) =>
      notices.some(({ message }) => message.startsWith('Sinch refused the submission')),
    );

  it('no longer stops the order, and who waived it and why stays visible', async () => {
    const reference = await awaitingLetter();

    const answer = await stand.client.waiveRequirement(reference, { attachmentId: LETTER, ...OPERATOR });

    expect(answer.detail).toBe(`the order no longer waits for Letter of authorization (${LETTER})`);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', missing: [] });
    const { notices } = await stand.client.order(reference);
    expect(notices.map(({ message }) => message)).toContain(
      `an operator waives Letter of authorization (${LETTER}): the account manager agreed`,
    );
    await stand.checkHistory(reference);
  });

  it('can have a document that Sinch is still checking, and the order continues without it', async () => {
    const reference = await awaitingLetter();
    await stand.client.attach(reference, proofOfIdentity({ attachmentId: LETTER, fileName: 'UPLOAD-STUCK.pdf' }));

    await stand.client.waiveRequirement(reference, { attachmentId: LETTER, ...OPERATOR });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('is waited for after all if Sinch insists on it, and the order is submitted when Sinch has it', async () => {
    const reference = await stand.start({ ...auMobile, registration: auRegistration() });
    await stand.view(reference, ({ stage, outstanding }) => stage === 'AWAITING_KYC' && !outstanding.registration);
    stand.fake.control.configure({ uploadSeconds: 1 });
    await stand.client.waiveRequirement(reference, { attachmentId: PROOF_OF_IDENTITY, ...OPERATOR });
    const held = await refusedSubmission(reference);
    expect(held).toMatchObject({
      stage: 'AWAITING_KYC',
      violations: [{ field: `attachments.${PROOF_OF_IDENTITY}`, description: expect.stringContaining('mandatory') }],
    });

    await stand.client.attach(reference, proofOfIdentity());

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 1, submitAttempts: 2 });
    await stand.checkHistory(reference);
  });

  it('can be the registration, which Sinch insists on too', async () => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.waiveRequirement(reference, { attachmentId: 'registration', ...OPERATOR });
    await refusedSubmission(reference);

    await stand.client.register(reference, gbRegistration);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 1, submitAttempts: 2 });
    await stand.checkHistory(reference);
  });

  it('is refused if it was not asked for, so that a typing error does not count as a waiver', async () => {
    const reference = await awaitingLetter();

    const waiver = stand.client.waiveRequirement(reference, { attachmentId: 'letterOfAuthorisation', ...OPERATOR });

    await expect(waiver).rejects.toThrow(OrderRefusedError);
    await expect(waiver).rejects.toThrow('attachmentId names nothing that is awaited: see outstanding');
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });
});
