import { gbMobile, gbRegistration, usLocal } from '../../support/kyc';
import { sinchOrderOf } from '../../support/sinch-orders';
import { standForAll } from '../../support/stands';
import { devServer } from '../../support/temporal';

const OLGA = { author: 'Olga', reason: 'to see what is there' };

describe('an answer that comes after the order has ended', () => {
  const stand = standForAll(devServer, { fake: { linkingSeconds: 3_600 } });
  const faulted = (operation: 'getActiveNumber' | 'getRegistration' | 'getNumberOrder' | 'updateRegistration') =>
    stand.fake.control.audit().requests[operation]?.faulted ?? 0;
  const delay = (operation: Parameters<typeof faulted>[0], delayMs: number) => {
    const before = faulted(operation);
    stand.fake.control.fault({ operation, effect: 'DELAY', delayMs });
    return () => faulted(operation) > before;
  };

  it('does not change the links in the result', async () => {
    const reference = await stand.start({ ...usLocal, smsConfiguration: { servicePlanId: 'plan' } });
    await stand.view(reference, ({ stage }) => stage === 'PROVISIONING');
    const isUnderWay = delay('getActiveNumber', 3_000);
    const reread = stand.client.reread(reference, OLGA);
    await stand.view(reference, isUnderWay);
    await stand.client.cancel(reference, { reason: 'changed plans' });
    const ended = await stand.view(reference, ({ stage }) => stage === 'CANCELLED');

    stand.fake.control.advance(2 * 3_600_000);
    await reread;

    const result = await stand.client.result(reference);
    expect(result.provisioning).toEqual([expect.objectContaining({ target: 'SMS', status: 'WAITING' })]);
    expect(result.provisioning).toEqual(ended.provisioning);
    await stand.checkHistory(reference);
  });

  it("does not add to the reviewers' messages", async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK'], message: 'Say more' });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    const { idNumberOrder } = await sinchOrderOf(stand, reference);
    const isUnderWay = delay('getRegistration', 3_000);
    const slow = stand.client.reread(reference, OLGA);
    await stand.view(reference, isUnderWay);
    stand.fake.control.moveOrder(idNumberOrder, 'REJECTED', 'Too late');
    await stand.client.reread(reference, OLGA);
    await stand.view(reference, ({ stage }) => stage === 'REJECTED');

    stand.fake.control.moveOrder(idNumberOrder, 'REJECTED', 'Words that come after the end');
    await slow;

    const { outcome, reviewLog } = await stand.client.result(reference);
    expect(outcome).toBe('REJECTED');
    expect(reviewLog.map(({ message }) => message)).toEqual(['Say more', 'Too late']);
    await stand.checkHistory(reference);
  });

  it('does not report KYC as sent that the result reports as missing', async () => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const isBeingSent = delay('updateRegistration', 6_000);
    await stand.client.register(reference, gbRegistration, { signal: true });
    await stand.view(reference, isBeingSent);
    // It keeps the run open until all else has been answered.
    const isUnderWay = delay('getNumberOrder', 12_000);
    const slow = stand.client.reread(reference, OLGA);
    await stand.view(reference, isUnderWay);

    await stand.client.cancel(reference, { reason: 'changed plans' });
    await stand.view(reference, ({ stage }) => stage === 'CANCELLED');
    await slow;

    await expect(stand.client.result(reference)).resolves.toMatchObject({ missing: ['registration'] });
    expect((await sinchOrderOf(stand, reference)).registrationPuts).toBe(1);
    await stand.checkHistory(reference);
  });

  it('does not allow a requirement to be waived', async () => {
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const isUnderWay = delay('getNumberOrder', 4_000);
    const slow = stand.client.reread(reference, OLGA);
    await stand.view(reference, isUnderWay);
    await stand.client.cancel(reference, { reason: 'changed plans' });
    await stand.view(reference, ({ stage }) => stage === 'CANCELLED');

    const waiver = stand.client.waiveRequirement(reference, { attachmentId: 'registration', ...OLGA });

    await expect(waiver).rejects.toThrow('has ended');
    await slow;
    await expect(stand.client.result(reference)).resolves.toMatchObject({ missing: ['registration'] });
    await stand.checkHistory(reference);
  });
});
