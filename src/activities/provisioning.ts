import type { Provisioning, SmsConfiguration, VoiceConfiguration } from '@number-orders/contract';
import type { ActiveNumber } from '../sinch';

/** The links that an order requests for its number. */
export interface WantedLinks {
  smsConfiguration?: SmsConfiguration;
  voiceConfiguration?: VoiceConfiguration;
}

type Scheduled = NonNullable<NonNullable<ActiveNumber['smsConfiguration']>['scheduledProvisioning']>;

/** The state of each requested link of a number. COMPLETED orders are not usable before they are linked. */
export function provisioningOf(
  phoneNumber: string,
  /** Undefined: it is not listed yet, as right after COMPLETED. That means waiting, not failure. */
  number: ActiveNumber | undefined,
  { smsConfiguration: sms, voiceConfiguration: voice }: WantedLinks,
): Provisioning[] {
  const links: Provisioning[] = [];
  if (sms) {
    const { servicePlanId, campaignId, scheduledProvisioning } = number?.smsConfiguration ?? {};
    const linked =
      servicePlanId === sms.servicePlanId && (sms.campaignId === undefined || campaignId === sms.campaignId);
    links.push({ phoneNumber, target: 'SMS', ...howFar(linked, scheduledProvisioning) });
  }
  if (voice) {
    const { scheduledVoiceProvisioning, ...direct } = number?.voiceConfiguration ?? {};
    links.push({ phoneNumber, target: 'VOICE', ...howFar(isVoiceLinked(direct, voice), scheduledVoiceProvisioning) });
  }
  return links;
}

function isVoiceLinked(
  {
    appId,
    trunkId,
    serviceId,
  }: { appId?: string | undefined; trunkId?: string | undefined; serviceId?: string | undefined },
  wanted: VoiceConfiguration,
): boolean {
  switch (wanted.type) {
    case 'RTC':
      return appId === wanted.appId;
    case 'EST':
      return trunkId === wanted.trunkId;
    case 'FAX':
      return serviceId === wanted.serviceId;
  }
}

/**
 * A number is linked only if its configuration has the requested id: Sinch also returns nothing scheduled for a number that never
 * was linked. No other answer counts as SUCCESS.
 */
function howFar(linked: boolean, scheduled: Scheduled | undefined): Pick<Provisioning, 'status' | 'failureCode'> {
  const { status, errorCodes: [failureCode] = [] } = scheduled ?? {};
  const underWay = status === 'WAITING' || status === 'IN_PROGRESS';
  if (linked && !underWay && status !== 'FAILED') return { status: 'SUCCESS' };
  return {
    status: status === undefined || status === 'SUCCESS' ? 'WAITING' : status,
    ...(failureCode !== undefined && { failureCode }),
  };
}

/** Whether Sinch has finished a link, in success or failure. */
export function isProvisioned({ status }: Provisioning): boolean {
  return status === 'SUCCESS' || status === 'FAILED';
}
