import type { Provisioning, SmsConfiguration, VoiceConfiguration } from '@number-orders/contract';
import type { ActiveNumber } from '../sinch';

/** What a number is to be linked to, as its order asked for it. */
export interface WantedLinks {
  smsConfiguration?: SmsConfiguration;
  voiceConfiguration?: VoiceConfiguration;
}

type Scheduled = NonNullable<NonNullable<ActiveNumber['smsConfiguration']>['scheduledProvisioning']>;

/** How far linking a number has come, for each link that is wanted. COMPLETED orders are not usable before that. */
export function provisioningOf(
  phoneNumber: string,
  /** Undefined: it is not listed yet, as right after COMPLETED. That is waiting, not failing. */
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
 * Linked is only what has the wanted id in its configuration itself: Sinch answers nothing scheduled also for a number
 * that never was linked. No other word of Sinch's counts as SUCCESS.
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

/** Whether Sinch is done with a link, for better or worse. */
export function isProvisioned({ status }: Provisioning): boolean {
  return status === 'SUCCESS' || status === 'FAILED';
}
