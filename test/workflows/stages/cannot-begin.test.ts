import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { NumberOrderFailedError } from '../../../src/client';
import type { NumberOrderRequest, Selection } from '@number-orders/contract';
import { SinchClient } from '../../../src/sinch';
import { FileAttachmentStore } from '../../../src/store/file-store';
import { auMobile, auRegistration, proofOfIdentity, usLocal } from '../../support/kyc';
import { openStand } from '../../support/order-stand';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

const SELECTIONS: [string, Selection][] = [
  ['a number', { phoneNumber: '+12125550400' }],
  ['a search', { search: {} }],
  ['a quantity', { quantity: { requestedQuantity: 2 } }],
];

describe('row 5: an order that cannot begin fails at once, and leaves nothing behind', () => {
  const { stand, open } = standToOpen(devServer);

  async function failureOf(request: Omit<NumberOrderRequest, 'reference'>): Promise<NumberOrderFailedError> {
    const reference = await stand.start(request);
    const failure: unknown = await stand.client.result(reference).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NumberOrderFailedError);
    expect(stand.fake.control.audit().orders).toEqual([]);
    await stand.checkHistory(reference);
    return failure as NumberOrderFailedError;
  }

  it('with SinchUnauthorized if the credentials are wrong', async () => {
    await open({ sinch: { keySecret: 'not-the-secret' } });
    const { type, message } = await failureOf(usLocal);
    expect(type).toBe('SinchUnauthorized');
    expect(message).toMatch('Check the key id, the key secret, the project id and the rights of the key');
    expect(stand.fake.control.audit().requests).toMatchObject({ token: { count: 1 } });
  });

  it.each(SELECTIONS)(
    'with SinchUnauthorized if the credentials do not allow reserving %s',
    async (_what, selection) => {
      await open();
      stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 403, times: 'ALWAYS' });
      const { type } = await failureOf({ ...usLocal, selection });
      expect(type).toBe('SinchUnauthorized');
      expect(stand.fake.control.audit().requests.createNumberOrder?.count).toBe(1);
    },
  );

  it.each(SELECTIONS)('with SinchInvalidArgument in an unknown region, for %s', async (_what, selection) => {
    await open();
    const { type, violations } = await failureOf({ ...usLocal, regionCode: 'XX', selection });
    expect(type).toBe('SinchInvalidArgument');
    expect(violations).toEqual([{ field: 'regionCode', description: 'unknown region' }]);
    expect(stand.fake.control.audit().requests.lookupNumberRequirements?.count).toBe(1);
  });

  it('with SinchInvalidArgument for a number type that is not offered there', async () => {
    await open();
    const { type, violations } = await failureOf({ ...usLocal, regionCode: 'GB' });
    expect(type).toBe('SinchInvalidArgument');
    expect(violations).toMatchObject([{ field: 'numberType' }]);
  });

  it('with SinchInvalidArgument for a configuration that Sinch refuses', async () => {
    await open();
    const smsConfiguration = { servicePlanId: 'plan', campaignId: 'campaign' };
    const { type, violations } = await failureOf({ ...auMobile, smsConfiguration });
    expect(type).toBe('SinchInvalidArgument');
    expect(violations).toMatchObject([{ field: 'smsConfiguration.campaignId' }]);
  });

  it('but not for a bug in the worker, which a later worker fixes', async () => {
    await open();
    const { url: numbersUrl, authUrl, projectId, keyId, keySecret } = stand.fake;
    const sinch = new SinchClient({ numbersUrl, authUrl, projectId, keyId, keySecret });
    const lookUp = sinch.lookupNumberRequirements.bind(sinch);
    let mistakes = 2;
    sinch.lookupNumberRequirements = (kind) =>
      mistakes-- > 0 ? Promise.reject(new TypeError('a mistake of ours')) : lookUp(kind);
    const broken = await openStand(stand.environment, { ports: { sinch } });
    const reference = await broken.start({ ...usLocal, selection: { phoneNumber: '+12125550401' } });

    await expect(broken.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await broken.checkHistory(reference);
    await broken.close();
  });

  it('and its staged documents are deleted', async () => {
    await open();
    const reference = `test-${randomUUID()}`;
    const attachments = [await stand.client.stage(reference, proofOfIdentity())];
    await expect(readdir(stand.folder)).resolves.toEqual([reference]);

    await stand.client.start({ ...auMobile, regionCode: 'XX', reference, attachments });

    await expect(stand.client.result(reference)).rejects.toMatchObject({ type: 'SinchInvalidArgument' });
    await expect(readdir(stand.folder)).resolves.toEqual([]);
  });

  it('and KYC that comes during its clean-up is refused with the reason', async () => {
    let isCleaningUp = false;
    let cleanedUp: () => void = () => undefined;
    const cleaningUp = new Promise<void>((resolve) => (cleanedUp = resolve));
    const deleteAll = () => {
      isCleaningUp = true;
      return cleaningUp;
    };
    await open({ ports: { store: Object.assign(new FileAttachmentStore('no-such-folder'), { deleteAll }) } });
    const reference = `test-${randomUUID()}`;
    const attachments = [await stand.client.stage(reference, proofOfIdentity())];
    await stand.client.start({ ...auMobile, regionCode: 'XX', reference, attachments });
    await stand.view(reference, () => isCleaningUp);

    await expect(stand.client.register(reference, auRegistration())).resolves.toEqual({
      status: 'REFUSED',
      reason: 'the order has failed',
      violations: [],
    });

    cleanedUp();
    await expect(stand.client.result(reference)).rejects.toMatchObject({ type: 'SinchInvalidArgument' });
    await stand.checkHistory(reference);
  });
});
