import { LIMITS, SIGNAL, UPDATE, workflowIdOf } from '@number-orders/contract';
import { NoAnswerError, OrderRefusedError } from '../../../src/client';
import { auMobile, auRegistration, gbMobile, gbRegistration, proofOfIdentity } from '../../support/kyc';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

describe('the limits of one order', () => {
  const stand = standForAll(devServer, { policy: { continueAsNewMessages: 500 } });

  const handle = (reference: string) => stand.environment.client.workflow.getHandle(workflowIdOf(reference));
  /** Taking in thousands of messages takes a busy machine longer than one query waits. */
  const patiently = <T>(ask: () => Promise<T>): Promise<T> =>
    ask().catch((error: unknown) => {
      if (error instanceof NoAnswerError) return patiently(ask);
      throw error;
    });
  const action = { author: 'an operator', reason: 'mending what a sender has spoilt' };

  it('prevent a sender from flooding it with messages, and never refuse an operator or a cancel', async () => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    // While nobody takes them in, sending is all they cost: one task of the worker takes them in then.
    await stand.stopWorker();
    for (let sent = 0; sent <= LIMITS.messages; sent += 100)
      await Promise.all(Array.from({ length: 100 }, () => handle(reference).signal(SIGNAL.sinchEvent, 'no event')));
    await stand.startWorker();

    const { notices } = await patiently(() => stand.client.order(reference));
    expect(notices.at(-1)?.message).toContain(`More than ${LIMITS.messages} messages`);
    expect(notices).toHaveLength(LIMITS.notices);
    await expect(stand.client.register(reference, gbRegistration)).rejects.toThrow(OrderRefusedError);
    await stand.client.register(reference, gbRegistration, { signal: true });
    await expect(stand.client.reread(reference, action)).resolves.toMatchObject({ stage: 'AWAITING_KYC' });
    await stand.client.cancel(reference, { reason: 'seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      missing: ['registration'],
    });
    expect((await stand.runs(reference)).length).toBeGreaterThan(1);
    await stand.checkHistory(reference);
  }, 240_000);

  it(`are ${LIMITS.attachments} attachments: one more is refused, a new one for an old id is not`, async () => {
    const ids = Array.from({ length: LIMITS.attachments }, (_, index) => `document${index}`);
    const required = { title: '', description: '', template: [], allowedMimeTypes: [], allowedDocumentTypes: [] };
    const attachments = ids.map((id) => ({ id, mandatory: false, ...required }));
    stand.fake.control.setRequirements('GB', 'MOBILE', { fields: { rules: [{ template: {} }] }, attachments });
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const staged = await stand.client.stage(reference, proofOfIdentity());
    const send = (attachmentId: string) =>
      handle(reference).executeUpdate(UPDATE.submitAttachment, { args: [{ ...staged, attachmentId }] });
    for (const id of ids) await handle(reference).signal(SIGNAL.attachment, { ...staged, attachmentId: id });
    await stand.view(
      reference,
      (view) => view.attachments.filter(({ status }) => status === 'COMPLETED').length === 50,
    );

    await expect(send('one-too-many')).resolves.toMatchObject({
      status: 'REFUSED',
      reason: `an order takes at most ${LIMITS.attachments} attachments`,
    });
    await expect(send('document7')).resolves.toMatchObject({ status: 'ACCEPTED' });

    await stand.client.register(reference, gbRegistration);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('include the size of a registration: a larger one is refused, and the order continues to wait', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const large = { data: ['x'.repeat(LIMITS.registrationBytes)] };
    await handle(reference).signal(SIGNAL.registration, large);
    await expect(handle(reference).executeUpdate(UPDATE.submitRegistration, { args: [large] })).rejects.toThrow();

    await expect(stand.client.register(reference, auRegistration())).resolves.toMatchObject({ status: 'ACCEPTED' });
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });
});
