import { readdir } from 'node:fs/promises';
import { OrderRefusedError } from '../../../src/client';
import type { NumberOrderRequest } from '@number-orders/contract';
import {
  LETTER_OF_AUTHORIZATION,
  PROOF_OF_IDENTITY,
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
} from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForEach } from '../../support/stands';
import { timeSkipping } from '../../support/temporal';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OPERATOR = { author: 'an operator', reason: 'the sender is on holiday' };

describe('row 11: a rejected order', () => {
  const stand = standForEach(timeSkipping);

  /** An order with its KYC, rejected by the reviewers and waiting for a correction. */
  const rejectedOrder = async (request: Partial<NumberOrderRequest> = {}) => {
    stand.fake.control.planNextOrder({ review: ['REJECT'], message: 'The use case is not permitted' });
    const reference = await stand.start({
      ...gbMobile,
      registration: gbRegistration,
      onRejection: 'correct',
      ...request,
    });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    return reference;
  };

  it("ends with the reviewers' message, unless the request asks for corrections", async () => {
    stand.fake.control.planNextOrder({ review: ['REJECT'], message: 'The use case is not permitted' });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });

    const result = await stand.client.result(reference);

    expect(result).toMatchObject({ outcome: 'REJECTED', attempts: 1, reservations: [{ state: 'LAPSED' }] });
    expect(result.reviewLog.map(({ message }) => message)).toEqual(['The use case is not permitted']);
    expect(stand.fake.control.audit().orders).toHaveLength(1);
    await stand.checkHistory(reference);
  });

  it('is placed again for the same number when corrected KYC has come', async () => {
    const reference = await rejectedOrder({ selection: { phoneNumber: '+447911000007' } });
    const waiting = await stand.client.order(reference);
    expect(waiting).toMatchObject({ stage: 'ACTION_REQUIRED', attempt: 1, reviewLog: [expect.anything()] });

    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'KEPT' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      attempts: 2,
      phoneNumbers: ['+447911000007'],
      reservations: [{ state: 'LAPSED' }, { state: 'COMPLETED' }],
    });
    await stand.checkHistory(reference);
  });

  it('waits until no more corrected pieces arrive, and sends all of them, with those that were right before', async () => {
    stand.fake.control.planNextOrder({ review: ['REJECT'] });
    const reference = await stand.start({
      ...auMobile,
      registration: auRegistration(),
      expectedAttachments: [LETTER_OF_AUTHORIZATION],
      onRejection: 'correct',
    });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, proofOfIdentity());
    await stand.client.attach(reference, proofOfIdentity({ attachmentId: LETTER_OF_AUTHORIZATION }));
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    const before = (await sinchOrderOf(stand, reference)).attachments;

    await stand.client.register(reference, auRegistration({ city: 'Perth' }));
    await stand.environment.sleep('40 seconds');
    await stand.client.attach(reference, proofOfIdentity());
    await stand.environment.sleep('40 seconds');
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'ACTION_REQUIRED', attempt: 1 });
    await stand.client.register(reference, auRegistration({ city: 'Hobart' }));

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 2 });
    const { idNumberOrder, registrationPuts, attachments } = await sinchOrderOf(stand, reference);
    expect(registrationPuts).toBe(1);
    expect(stand.fake.control.registrationOf(idNumberOrder)).toEqual(auRegistration({ city: 'Hobart' }));
    expect(attachments[LETTER_OF_AUTHORIZATION]?.sha256).toBe(before[LETTER_OF_AUTHORIZATION]?.sha256);
    expect(attachments[PROOF_OF_IDENTITY]?.sha256).not.toBe(before[PROOF_OF_IDENTITY]?.sha256);
    expect(await readdir(stand.folder)).toEqual([]);
    await stand.checkHistory(reference);
  });

  it('takes the next number if its own is gone, and ends UNAVAILABLE if it must be this number', async () => {
    const any = await rejectedOrder();
    const { phoneNumbers } = await stand.client.order(any);
    stand.fake.control.takeNumbers(...phoneNumbers);
    await stand.client.register(any, gbRegistration);
    const result = await stand.client.result(any);
    expect(result).toMatchObject({ outcome: 'COMPLETED', attempts: 2 });
    expect(result.phoneNumbers).not.toEqual(phoneNumbers);

    const one = await rejectedOrder({ selection: { phoneNumber: '+447911000007' } });
    stand.fake.control.takeNumbers('+447911000007');
    await stand.client.register(one, gbRegistration);
    await expect(stand.client.result(one)).resolves.toMatchObject({ outcome: 'UNAVAILABLE', attempts: 2 });
    await stand.checkHistory(any);
    await stand.checkHistory(one);
  });

  it('is corrected as often as the request allows, and no more', async () => {
    for (let order = 0; order < 2; order++) stand.fake.control.planNextOrder({ review: ['REJECT'] });
    const reference = await stand.start({
      ...gbMobile,
      registration: gbRegistration,
      onRejection: 'correct',
      maxCorrections: 1,
    });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');

    await stand.client.register(reference, gbRegistration);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'REJECTED',
      attempts: 2,
      reservations: [{ state: 'LAPSED' }, { state: 'LAPSED' }],
    });
    await stand.checkHistory(reference);
  });

  it('ends REJECTED if the window ends without a correction, and refused documents do not count as one', async () => {
    const reference = await rejectedOrder({ correctionWindow: '3 days' });
    await expect(stand.client.attach(reference, proofOfIdentity())).resolves.toMatchObject({ status: 'REFUSED' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'REJECTED', attempts: 1 });

    const waited = await stand.lifetimeOf(reference);
    expect(waited).toBeGreaterThanOrEqual(3 * DAY);
    expect(waited).toBeLessThan(3 * DAY + HOUR);
    expect(await readdir(stand.folder)).toEqual([]);
    await stand.checkHistory(reference);
  });

  it('waits longer if an operator extends the window', async () => {
    const reference = await rejectedOrder({ correctionWindow: '1 day' });
    const inDays = async (days: number) =>
      new Date((await stand.environment.currentTimeMs()) + days * DAY).toISOString();
    for (const until of [await inDays(-1), await inDays(10_000)])
      await expect(stand.client.extendCorrectionWindow(reference, { ...OPERATOR, until })).rejects.toThrow(
        OrderRefusedError,
      );

    await stand.client.extendCorrectionWindow(reference, { ...OPERATOR, until: await inDays(10) });
    await stand.environment.sleep('5 days');
    await stand.client.register(reference, gbRegistration);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 2 });
    await stand.checkHistory(reference);
  });

  it('reports what was wrong with a correction once it is checked for the new order', async () => {
    const reference = await rejectedOrder();
    await stand.client.register(reference, { data: [{}, {}] });
    await stand.environment.sleep('2 minutes');
    const view = await stand.view(reference, ({ violations }) => violations.length > 0);
    expect(view).toMatchObject({ stage: 'AWAITING_KYC', attempt: 2, outstanding: { registration: true } });

    await stand.client.register(reference, gbRegistration);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', attempts: 2 });
    await stand.checkHistory(reference);
  });
});
