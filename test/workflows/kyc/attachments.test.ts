import { createHash, randomUUID } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Document } from '../../../src/client';
import { type Attachment, SIGNAL, workflowIdOf } from '@number-orders/contract';
import {
  COMPANY_REGISTRATION,
  LETTER_OF_AUTHORIZATION,
  PROOF_OF_ADDRESS,
  PROOF_OF_IDENTITY,
  UTILITY_BILL,
  auMobile,
  auRegistration,
  deLocal,
  deRegistration,
  proofOfIdentity,
} from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const LIMIT_BYTES = 1_000;

const document = (attachmentId: string, changes: Partial<Document> = {}): Document =>
  proofOfIdentity({
    attachmentId,
    ...(attachmentId === PROOF_OF_ADDRESS && { documentType: UTILITY_BILL }),
    ...changes,
  });

describe('row 8: a document that cannot be accepted', () => {
  const stand = standForAll(devServer, { fake: { attachmentLimitBytes: LIMIT_BYTES } });

  afterEach(() => stand.fake.control.clearFaults());

  /** A registered order that waits for a proof of address and an extract from the register. */
  const awaitingDocuments = async () => {
    const reference = await stand.start({ ...deLocal, registration: deRegistration });
    await stand.view(reference, ({ stage, outstanding }) => stage === 'AWAITING_KYC' && !outstanding.registration);
    return reference;
  };

  const viewOfDocument = async (reference: string, attachmentId: string) =>
    (await stand.client.order(reference)).attachments.find((attachment) => attachment.attachmentId === attachmentId);

  /** The other document is taken all the same, a good one then completes the order, and nothing stays in the store. */
  const expectOthersUnhindered = async (reference: string) => {
    await expect(stand.client.attach(reference, document(COMPANY_REGISTRATION))).resolves.toMatchObject({
      status: 'ACCEPTED',
    });
    await stand.view(reference, ({ outstanding }) => outstanding.attachments.join() === PROOF_OF_ADDRESS);
    await expect(stand.client.attach(reference, document(PROOF_OF_ADDRESS))).resolves.toMatchObject({
      status: 'ACCEPTED',
    });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', missing: [] });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({ submits: 1, submitAttempts: 1 });
    expect(await readdir(stand.folder)).not.toContain(reference);
    await stand.checkHistory(reference);
  };

  /** Announces a document without the client's own care. */
  const announce = async (reference: string, attachment: Attachment) =>
    stand.environment.client.workflow.getHandle(workflowIdOf(reference)).signal(SIGNAL.attachment, attachment);

  it.each<[string, Partial<Document>, string]>([
    ['the wrong media type', { mimeType: 'text/plain' }, 'file must be one of application/pdf'],
    ['the wrong document type', { documentType: 'HOROSCOPE' }, `documentType must be one of ${UTILITY_BILL}`],
    ['an id Sinch does not ask for', { attachmentId: 'birthCertificate' }, 'attachmentId is not known for this number'],
    ['too many bytes', { content: Readable.from([Buffer.alloc(LIMIT_BYTES + 1)]) }, 'too large'],
  ])('because of %s is refused with that reason, and does not block others', async (_what, changes, reason) => {
    const reference = await awaitingDocuments();
    const wrong = document(PROOF_OF_ADDRESS, changes);

    const answer = await stand.client.attach(reference, wrong);

    expect(answer).toEqual({ status: 'REFUSED', reason: expect.stringContaining(reason), violations: [] });
    await expect(viewOfDocument(reference, wrong.attachmentId)).resolves.toMatchObject({
      status: 'REFUSED',
      reason: answer.reason,
    });
    await expectOthersUnhindered(reference);
  });

  it('because it is missing from the store, or has changed there, is refused, and does not block others', async () => {
    const reference = await awaitingDocuments();
    const missing = await stand.client.stage(reference, document(PROOF_OF_ADDRESS));
    await rm(path.join(stand.folder, missing.key));
    await announce(reference, missing);
    const refused = await stand.view(reference, ({ attachments }) => attachments[0]?.status === 'REFUSED');
    expect(refused.attachments[0]?.reason).toContain('missing, or differs from the one announced');

    const changed = await stand.client.stage(
      reference,
      document(PROOF_OF_ADDRESS, { content: Readable.from(['one']) }),
    );
    await writeFile(path.join(stand.folder, changed.key), 'two');
    await announce(reference, changed);
    await stand.view(
      reference,
      ({ notices }) =>
        notices.filter(({ message }) => message.startsWith(`attachment Proof of address (${PROOF_OF_ADDRESS}) refused`))
          .length === 2,
    );

    expect((await sinchOrderOf(stand, reference)).attachments).toEqual({});
    await expectOthersUnhindered(reference);
  });

  it('because Sinch could not process it (FAILED) is shown in the view, and does not block others', async () => {
    const reference = await awaitingDocuments();

    await stand.client.attach(reference, document(PROOF_OF_ADDRESS, { fileName: 'UPLOAD-FAIL.pdf' }));

    await stand.view(reference, ({ attachments }) => attachments[0]?.status === 'FAILED');
    await expect(viewOfDocument(reference, PROOF_OF_ADDRESS)).resolves.toMatchObject({
      reason: expect.stringContaining('send it again'),
    });
    await expectOthersUnhindered(reference);
  });

  it('while Sinch checks it (WAITING) is waited for, unless it is sent again', async () => {
    const reference = await awaitingDocuments();

    await expect(
      stand.client.attach(reference, document(PROOF_OF_ADDRESS, { fileName: 'UPLOAD-STUCK.pdf' })),
    ).resolves.toMatchObject({ status: 'ACCEPTED' });

    await expect(viewOfDocument(reference, PROOF_OF_ADDRESS)).resolves.toMatchObject({ status: 'UPLOADED' });
    await expectOthersUnhindered(reference);
  });

  it('does not replace an earlier good one', async () => {
    const reference = await awaitingDocuments();
    await stand.client.attach(reference, document(PROOF_OF_ADDRESS));
    await stand.view(reference, ({ attachments }) => attachments[0]?.status === 'COMPLETED');

    const answer = await stand.client.attach(reference, document(PROOF_OF_ADDRESS, { mimeType: 'text/plain' }));

    expect(answer.status).toBe('REFUSED');
    await expect(viewOfDocument(reference, PROOF_OF_ADDRESS)).resolves.toMatchObject({ status: 'COMPLETED' });
    await stand.client.attach(reference, document(COMPANY_REGISTRATION));
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('is refused once the requirements are known if it came with the request, and does not block others', async () => {
    const unknown: Omit<Attachment, 'key'> = {
      attachmentId: 'birthCertificate',
      fileName: 'birth.pdf',
      mimeType: 'application/pdf',
      size: 1,
      sha256: createHash('sha256').update('a').digest('hex'),
    };
    const reference = `test-${randomUUID()}`;
    await stand.client.start({
      reference,
      ...deLocal,
      registration: deRegistration,
      attachments: [{ ...unknown, key: `${reference}/${unknown.sha256}` }],
    });
    await stand.view(reference, ({ attachments }) => attachments[0]?.status === 'REFUSED');
    await expectOthersUnhindered(reference);
  });

  it('during an outage of Sinch is sent when the outage is over', async () => {
    const reference = await awaitingDocuments();
    stand.fake.control.fault({ operation: 'uploadAttachment', effect: 'RESET', when: 'AFTER', times: 2 });
    stand.fake.control.fault({ operation: 'getRegistration', effect: 'HTML', times: 2 });

    await stand.client.attach(reference, document(PROOF_OF_ADDRESS), { signal: true });

    await stand.view(reference, ({ outstanding }) => outstanding.attachments.join() === COMPANY_REGISTRATION);
    await stand.client.attach(reference, document(COMPANY_REGISTRATION));
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('because it came too late is not kept in the store', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start({ ...auMobile, registration: auRegistration() });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, document(PROOF_OF_IDENTITY));
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');

    await expect(stand.client.attach(reference, document(PROOF_OF_IDENTITY))).resolves.toMatchObject({
      status: 'REFUSED',
    });

    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    stand.fake.control.moveOrder(idNumberOrder, 'COMPLETED');
    await stand.client.reread(reference, { author: 'a test', reason: 'there is news' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(await readdir(stand.folder)).not.toContain(reference);
    await stand.checkHistory(reference);
  });
});

describe('row 9: expectedAttachments', () => {
  const stand = standForAll(devServer);

  it('are waited for although Sinch does not require them', async () => {
    const reference = await stand.start({
      ...auMobile,
      expectedAttachments: [LETTER_OF_AUTHORIZATION],
      registration: auRegistration(),
    });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, document(PROOF_OF_IDENTITY));
    await stand.view(reference, ({ outstanding }) => outstanding.attachments.join() === LETTER_OF_AUTHORIZATION);
    expect((await sinchOrderOf(stand, reference)).submitAttempts).toBe(0);

    await stand.client.attach(reference, document(LETTER_OF_AUTHORIZATION));

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await expect(sinchOrderOf(stand, reference)).resolves.toMatchObject({
      submits: 1,
      attachments: { [LETTER_OF_AUTHORIZATION]: { status: 'COMPLETED' } },
    });
    await stand.checkHistory(reference);
  });

  it('fail the order before anything is reserved if Sinch does not know them', async () => {
    const reference = await stand.start({ ...auMobile, expectedAttachments: ['letterOfAuthorisation'] });

    await expect(stand.client.result(reference)).rejects.toMatchObject({
      type: 'InvalidRequest',
      violations: [{ field: 'expectedAttachments[0]', description: expect.stringContaining(LETTER_OF_AUTHORIZATION) }],
    });
    await stand.checkHistory(reference);
  });

  it('are not waited for if the request does not name them, even after one of them was refused', async () => {
    const reference = await stand.start({ ...auMobile, registration: auRegistration() });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await expect(
      stand.client.attach(reference, document(LETTER_OF_AUTHORIZATION, { mimeType: 'image/png' })),
    ).resolves.toMatchObject({ status: 'REFUSED' });

    await stand.client.attach(reference, document(PROOF_OF_IDENTITY));

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });
});
