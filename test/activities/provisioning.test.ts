import { provisioningOf, type WantedLinks } from '../../src/activities/provisioning';
import { activeNumber } from '../../src/sinch/schemas';
import { numberBeingLinked, numberReleasedUnlinked } from '../support/sinch-documented';

const PHONE_NUMBER = '+12025550134';
const app: WantedLinks = { voiceConfiguration: { type: 'RTC', appId: 'app-1' } };
const plan: WantedLinks = { smsConfiguration: { servicePlanId: 'plan-1' } };
const campaign: WantedLinks = { smsConfiguration: { servicePlanId: 'plan-1', campaignId: 'campaign-1' } };

/** How far the wanted links are on a number that Sinch answers so. */
const seen = (answer: object | undefined, wanted: WantedLinks) =>
  provisioningOf(PHONE_NUMBER, answer && activeNumber.parse(answer), wanted).map(({ status }) => status);
const sms = (smsConfiguration: unknown) => ({ ...numberBeingLinked, smsConfiguration });
const voice = (changes: object) => ({
  ...numberBeingLinked,
  voiceConfiguration: { ...numberBeingLinked.voiceConfiguration, ...changes },
});

describe('a number is reported as linked', () => {
  it.each<[string, object, WantedLinks]>([
    ['plan', sms({ servicePlanId: 'plan-1', scheduledProvisioning: null, campaignId: '' }), plan],
    [
      'plan, with something scheduled that says nothing',
      sms({ servicePlanId: 'plan-1', scheduledProvisioning: {} }),
      plan,
    ],
    ['plan and campaign', sms({ servicePlanId: 'plan-1', campaignId: 'campaign-1' }), campaign],
    ['app', voice({ appId: 'app-1', scheduledVoiceProvisioning: null }), app],
    [
      'trunk',
      voice({ type: 'EST', trunkId: 'trunk-1', scheduledVoiceProvisioning: null }),
      { voiceConfiguration: { type: 'EST', trunkId: 'trunk-1' } },
    ],
    [
      'fax service',
      voice({ type: 'FAX', serviceId: 'fax-1', scheduledVoiceProvisioning: null }),
      { voiceConfiguration: { type: 'FAX', serviceId: 'fax-1' } },
    ],
  ])('when its configuration has the wanted id: %s', (_name, answer, wanted) => {
    expect(seen(answer, wanted)).toEqual(['SUCCESS']);
  });
});

describe('a number that cannot receive calls or messages is not reported as linked', () => {
  it.each<[string, object | undefined, WantedLinks]>([
    ['is not listed yet', undefined, plan],
    ['has voice alone', numberBeingLinked, plan],
    ['is being linked, as seen in production', numberBeingLinked, app],
    ['was released before it was linked, as seen in production', numberReleasedUnlinked, app],
    ['has no configuration', { ...numberBeingLinked, smsConfiguration: null }, plan],
    ['has one that cannot be read', sms('none'), plan],
    ['has one without an id', sms({ scheduledProvisioning: null }), plan],
    ['is linked to another plan', sms({ servicePlanId: 'plan-2', scheduledProvisioning: null }), plan],
    ['lacks its campaign', sms({ servicePlanId: 'plan-1', campaignId: '', scheduledProvisioning: null }), campaign],
    ['has the id of another kind', voice({ appId: '', trunkId: 'app-1', scheduledVoiceProvisioning: null }), app],
    ['is scheduled with SUCCESS', sms({ servicePlanId: '', scheduledProvisioning: { status: 'SUCCESS' } }), plan],
  ])('when it %s', (_name, answer, wanted) => {
    expect(seen(answer, wanted)).toEqual(['WAITING']);
  });

  it('when its plan is linked and its campaign is still being linked', () => {
    const scheduledProvisioning = { status: 'IN_PROGRESS', errorCodes: null };
    expect(seen(sms({ servicePlanId: 'plan-1', scheduledProvisioning }), plan)).toEqual(['IN_PROGRESS']);
  });
});

it('a failed link is reported with the code that Sinch gave', () => {
  const scheduledProvisioning = { status: 'FAILED', errorCodes: [null, 'SMS_PROVISIONING_FAILED'] };
  const number = activeNumber.parse(sms({ servicePlanId: '', scheduledProvisioning }));
  expect(provisioningOf(PHONE_NUMBER, number, plan)).toEqual([
    { phoneNumber: PHONE_NUMBER, target: 'SMS', status: 'FAILED', failureCode: 'SMS_PROVISIONING_FAILED' },
  ]);
});
