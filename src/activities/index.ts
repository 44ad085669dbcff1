import { activeNumberActivities } from './active-numbers';
import { adoptionActivities } from './adoption';
import { batchActivities } from './batches';
import { beforeReservationActivities } from './before-reservation';
import { kycActivities } from './kyc';
import { lostCallActivities } from './lost-calls';
import { notificationActivities } from './notifications';
import { orderActivities } from './orders';
import type { ActivityPorts } from './ports';
import { profileActivities } from './profiles';
import { sweepActivities } from './sweep';

/** Every activity of the service, over its ports. */
export function createActivities(ports: ActivityPorts) {
  return {
    ...beforeReservationActivities(ports),
    ...orderActivities(ports),
    ...adoptionActivities(ports),
    ...kycActivities(ports),
    ...activeNumberActivities(ports),
    ...notificationActivities(ports),
    ...lostCallActivities(),
    ...sweepActivities(ports),
    ...batchActivities(ports),
    ...profileActivities(ports),
  };
}

export type Activities = ReturnType<typeof createActivities>;

// For the workflow, which may only import types from here.
export type { ToProvision } from './active-numbers';
export type { FoundOrder } from './adoption';
export type { Beginning } from './before-reservation';
export type { NumberQuery, TooDear } from './find-number';
export type { StartedRow } from './batches';
export type { UploadVerdict } from './kyc';
export type { Creation } from './orders';
export type { ActivityPorts, OrderPolicy, PollInterval, RetryTimes } from './ports';
export type { CopiedProfile } from './profiles';
export type { WantedLinks } from './provisioning';
export type { ReviewLogMark } from './review-log';
export type { Notification } from '../notifications/notifier';
export type { CreateNumberOrderRequest, NumberOrder, NumberOrderState } from '../sinch';
