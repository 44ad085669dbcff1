import { randomUUID } from 'node:crypto';
import { SIGNAL, workflowIdOf } from '@number-orders/contract';
import { usLocal } from '../../support/kyc';
import { pollsEvery, type StandOptions } from '../../support/order-stand';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

const sms = { ...usLocal, smsConfiguration: { servicePlanId: 'plan' } };
const both = { ...sms, voiceConfiguration: { type: 'RTC' as const, appId: 'app' } };
const HOUR = 3_600_000;

describe('row 17: a number that is bought but not linked yet', () => {
  const { stand, open } = standToOpen(devServer);
  const looks = () => stand.fake.control.audit().requests.getActiveNumber?.count ?? 0;

  it('is PROVISIONING until SMS and voice are linked', async () => {
    await open({ fake: { linkingSeconds: 3_600 }, ports: { polls: pollsEvery(100) } });
    const reference = await stand.start(both);
    const linking = await stand.view(reference, ({ stage }) => stage === 'PROVISIONING');
    const [phoneNumber] = linking.phoneNumbers;
    expect(linking.provisioning).toEqual([
      { phoneNumber, target: 'SMS', status: 'WAITING' },
      { phoneNumber, target: 'VOICE', status: 'WAITING' },
    ]);

    stand.fake.control.advance(HOUR);

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      provisioning: [
        { phoneNumber, target: 'SMS', status: 'SUCCESS' },
        { phoneNumber, target: 'VOICE', status: 'SUCCESS' },
      ],
    });
    await stand.checkHistory(reference);
  });

  it("is reported with Sinch's code if a link fails, and the other link counts", async () => {
    await open({});
    stand.fake.control.planNextOrder({ sms: 'FAIL' });
    const reference = await stand.start(both);

    const result = await stand.client.result(reference);

    expect(result).toMatchObject({ outcome: 'COMPLETED', reservations: [{ state: 'COMPLETED' }] });
    expect(result.provisioning).toEqual([
      expect.objectContaining({ target: 'SMS', status: 'FAILED', failureCode: 'SMS_PROVISIONING_FAILED' }),
      expect.objectContaining({ target: 'VOICE', status: 'SUCCESS' }),
    ]);
    await stand.checkHistory(reference);
  });

  it('is waited for no longer than the setting says: the order ends with the link as it is', async () => {
    await open({ policy: { provisioningTimeoutMs: 1_500 } });
    stand.fake.control.planNextOrder({ sms: 'STUCK' });
    const reference = await stand.start(sms);

    const result = await stand.client.result(reference);

    expect(result).toMatchObject({ outcome: 'COMPLETED', reservations: [{ state: 'COMPLETED' }] });
    expect(result.provisioning).toEqual([expect.objectContaining({ target: 'SMS', status: 'IN_PROGRESS' })]);
    const { notices } = await stand.client.order(reference);
    expect(notices.at(-1)?.message).toContain('Linking has taken longer than the setting allows');
    await stand.checkHistory(reference);
  });

  it('keeps that limit when the order continues as new while it waits', async () => {
    await open({ policy: { provisioningTimeoutMs: 10_000, continueAsNewMessages: 2 } });
    stand.fake.control.planNextOrder({ sms: 'STUCK' });
    const reference = await stand.start(sms);
    await stand.view(reference, ({ stage }) => stage === 'PROVISIONING');
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    for (const message of ['one', 'two']) await handle.signal(SIGNAL.sinchEvent, message);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(await stand.runs(reference)).toHaveLength(2);
    await stand.checkHistory(reference);
  });

  it('can be one of a hundred: all are linked, although Sinch takes a second to answer for each', async () => {
    await open({});
    stand.fake.control.fault({ operation: 'getActiveNumber', effect: 'DELAY', delayMs: 1_000, times: 'ALWAYS' });
    const reference = await stand.start({ ...sms, selection: { quantity: { requestedQuantity: 100 } } });

    const { outcome, phoneNumbers, provisioning } = await stand.client.result(reference);

    expect(outcome).toBe('COMPLETED');
    expect(provisioning).toEqual(
      phoneNumbers.map((phoneNumber) => ({ phoneNumber, target: 'SMS', status: 'SUCCESS' })),
    );
    expect(looks()).toBe(100);
    await stand.checkHistory(reference);
  }, 120_000);

  it('can be one of a hundred: linked ones are not read again if Sinch fails at every third read', async () => {
    await open({});
    const often = { probability: 0.3, times: 'ALWAYS' } as const;
    stand.fake.control.fault({ operation: 'getActiveNumber', effect: 'STATUS', status: 500, ...often });
    const reference = await stand.start({ ...sms, selection: { quantity: { requestedQuantity: 100 } } });

    const { provisioning } = await stand.client.result(reference);

    expect(provisioning.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 'SUCCESS'));
    expect(looks()).toBeLessThan(200);
    await stand.checkHistory(reference);
  }, 120_000);

  it('does not stop the others from being linked if Sinch has no answer for it until the order ends', async () => {
    let mute = '';
    const alter: StandOptions['alter'] = ({ url }) =>
      mute && decodeURIComponent(url.pathname).endsWith(`/activeNumbers/${mute}`)
        ? { status: 500, body: {} }
        : undefined;
    await open({ alter, policy: { provisioningTimeoutMs: 1_500 } });
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start({ ...sms, selection: { quantity: { requestedQuantity: 20 } } });
    const { sinchOrderId = '', phoneNumbers } = await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    mute = phoneNumbers[10] ?? '';
    stand.fake.control.moveOrder(sinchOrderId, 'COMPLETED');
    await stand.client.reread(reference, { author: 'a test', reason: 'it is bought' });

    const { outcome, provisioning } = await stand.client.result(reference);

    expect(outcome).toBe('COMPLETED');
    const status = (phoneNumber: string) => (phoneNumber === mute ? 'WAITING' : 'SUCCESS');
    expect(provisioning).toEqual(
      phoneNumbers.map((phoneNumber) => ({ phoneNumber, target: 'SMS', status: status(phoneNumber) })),
    );
    await stand.checkHistory(reference);
  });

  it('is read as soon as Sinch calls back about the number', async () => {
    await open({ fake: { linkingSeconds: 3_600 } });
    const reference = await stand.start(sms);
    const { phoneNumbers } = await stand.view(reference, ({ stage }) => stage === 'PROVISIONING');
    stand.fake.control.advance(HOUR);

    await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).signal(SIGNAL.sinchEvent, {
      eventId: randomUUID(),
      resourceType: 'ACTIVE_NUMBER',
      resourceId: phoneNumbers[0],
      eventType: 'PROVISIONING_TO_SMS_PLATFORM',
      status: 'FAILED',
      failureCode: 'not believed: Sinch itself is asked',
    });

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'COMPLETED',
      provisioning: [{ target: 'SMS', status: 'SUCCESS' }],
    });
    await stand.checkHistory(reference);
  });
});
