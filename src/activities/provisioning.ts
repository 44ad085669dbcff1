import type { Provisioning } from '../contract';
import type { ActiveNumber } from '../sinch';

/** How far linking a number to SMS or voice has come. COMPLETED orders are not usable before that. */
export function provisioningOf(
  phoneNumber: string,
  number: ActiveNumber | undefined,
  target: Provisioning['target'],
): Provisioning {
  const waiting: Provisioning = { phoneNumber, target, status: 'WAITING' };
  // Right after COMPLETED the number may not be listed yet: that is waiting, not failing.
  if (!number) return waiting;
  const configuration = target === 'SMS' ? number.smsConfiguration : number.voiceConfiguration;
  if (!configuration) return waiting;
  const scheduled =
    target === 'SMS'
      ? number.smsConfiguration?.scheduledProvisioning
      : number.voiceConfiguration?.scheduledVoiceProvisioning;
  if (!scheduled) return { phoneNumber, target, status: 'SUCCESS' };
  const failureCode = scheduled.errorCodes[0];
  return { phoneNumber, target, status: scheduled.status ?? 'WAITING', ...(failureCode && { failureCode }) };
}

/** Whether Sinch is done with a link, for better or worse. */
export function isProvisioned({ status }: Provisioning): boolean {
  return status === 'SUCCESS' || status === 'FAILED';
}
