import { numberReleasedUnlinked } from '../support/sinch-documented';
import { type Caller, startStill, type Reply } from './support';

let sinch: Caller;

beforeEach(async () => {
  sinch = await startStill();
});
afterEach(() => sinch.fake.close());

/** A US number that was just bought, with both targets to link. */
async function bought(servicePlanId = 'plan'): Promise<string> {
  const [phoneNumber = ''] = sinch.fake.control.availableNumbers('US', 'LOCAL');
  const smsConfiguration = { servicePlanId, campaignId: 'campaign' };
  const id = await sinch.reserve('US', 'LOCAL', {
    smsConfiguration,
    voiceConfiguration: { type: 'EST', trunkId: 'trunk' },
  });
  sinch.fake.control.moveOrder(id, 'COMPLETED');
  return phoneNumber;
}

function numberOf(phoneNumber: string): Promise<Reply> {
  return sinch.call('getActiveNumber', 'GET', `/activeNumbers/${encodeURIComponent(phoneNumber)}`);
}

function release(phoneNumber: string): Promise<Reply> {
  return sinch.call('releaseNumber', 'POST', `/activeNumbers/${phoneNumber}:release`);
}

describe('a number that was bought', () => {
  test('is linked some time after the order is COMPLETED', async () => {
    const phoneNumber = await bought();
    expect((await numberOf(phoneNumber)).body).toMatchObject({
      smsConfiguration: { servicePlanId: '', scheduledProvisioning: { servicePlanId: 'plan', status: 'WAITING' } },
      voiceConfiguration: { scheduledVoiceProvisioning: { trunkId: 'trunk', status: 'WAITING' } },
    });
    sinch.fake.control.advance(1_000);
    expect((await numberOf(phoneNumber)).body).toMatchObject({
      smsConfiguration: { scheduledProvisioning: { status: 'IN_PROGRESS' } },
    });
    sinch.fake.control.advance(1_000);
    expect((await numberOf(phoneNumber)).body).toMatchObject({
      smsConfiguration: { servicePlanId: 'plan', campaignId: 'campaign', scheduledProvisioning: null },
      voiceConfiguration: { type: 'EST', trunkId: 'trunk', scheduledVoiceProvisioning: null },
    });
  });

  test('fails to be linked, or stays unlinked, if a magic value says so', async () => {
    const [failed, stuck] = [await bought('LINK-SMS-FAIL'), await bought('LINK-STUCK')];
    sinch.fake.control.advance(3_600_000);
    expect((await numberOf(failed)).body).toMatchObject({
      smsConfiguration: { scheduledProvisioning: { status: 'FAILED', errorCodes: ['SMS_PROVISIONING_FAILED'] } },
      voiceConfiguration: { trunkId: 'trunk' },
    });
    expect((await numberOf(stuck)).body).toMatchObject({
      smsConfiguration: { scheduledProvisioning: { status: 'IN_PROGRESS' } },
      voiceConfiguration: { scheduledVoiceProvisioning: { status: 'IN_PROGRESS' } },
    });
  });

  test('fails to be linked if the plan says so', async () => {
    sinch.fake.control.planNextOrder({ voice: 'FAIL' });
    const phoneNumber = await bought();
    sinch.fake.control.advance(2_000);
    expect((await numberOf(phoneNumber)).body).toMatchObject({
      smsConfiguration: { servicePlanId: 'plan' },
      voiceConfiguration: { scheduledVoiceProvisioning: { status: 'FAILED' } },
    });
  });

  test('is returned with empty texts and nulls, as in production, if nothing was to be linked', async () => {
    const [phoneNumber = ''] = sinch.fake.control.availableNumbers('US', 'LOCAL');
    sinch.fake.control.moveOrder(await sinch.reserve('US', 'LOCAL'), 'COMPLETED');
    const { smsConfiguration, voiceConfiguration } = numberReleasedUnlinked;
    expect((await numberOf(phoneNumber)).body).toMatchObject({ smsConfiguration, voiceConfiguration, expireAt: null });
  });

  test('that is released before it is linked stays unlinked, and no longer mentions the link', async () => {
    const phoneNumber = await bought();
    await release(phoneNumber);
    const unlinked = {
      smsConfiguration: { servicePlanId: '', scheduledProvisioning: null },
      voiceConfiguration: { trunkId: '', scheduledVoiceProvisioning: null },
    };
    expect((await numberOf(phoneNumber)).body).toMatchObject(unlinked);
    sinch.fake.control.advance(60_000);
    expect((await numberOf(phoneNumber)).body).toMatchObject(unlinked);
  });

  test('stays active after its release until it would have been charged again', async () => {
    const phoneNumber = await bought();
    const { expireAt } = (await release(phoneNumber)).body as { expireAt: string };
    expect((await release(phoneNumber)).body).toMatchObject({ expireAt });
    expect(sinch.fake.control.audit().orders[0]?.released).toBe(true);
    expect((await numberOf(phoneNumber)).status).toBe(200);
    sinch.fake.control.setClock(expireAt);
    expect((await numberOf(phoneNumber)).status).toBe(404);
    expect(sinch.fake.control.availableNumbers('US', 'LOCAL')).toContain(phoneNumber);
    expect(sinch.fake.control.audit().orders[0]?.released).toBe(true);
  });
});

test('a number that was not bought is not found, and an invalid number is refused', async () => {
  expect((await numberOf('+12125550000')).status).toBe(404);
  expect((await release('+12125550000')).status).toBe(404);
  expect((await numberOf('12125550000')).status).toBe(400);
});
