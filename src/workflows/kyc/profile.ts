import type { CopiedProfile } from '../../activities';
import { profiles } from '../calls/activities';
import type { Order } from '../order/order';
import { outcomeOf } from '../order/view';

/** Whether the KYC profile that the request names is still to be applied. */
export function wantsProfile(order: Order): boolean {
  const { request, requirements, profileTaken, cancel, erased, failure, stage } = order;
  const isOver = cancel !== undefined || erased || failure !== undefined || outcomeOf(stage) !== undefined;
  return request.kycProfile !== undefined && Boolean(requirements) && !profileTaken && !isOver;
}

/** Copies from a profile the KYC that the order needs and has not received. Documents are copied to the order's own place. */
export function copyProfile(order: Order): Promise<CopiedProfile> {
  const { request, requirements, attachments } = order;
  const { kycProfile: profile = '', reference, regionCode, numberType } = request;
  const attachmentIds = (requirements?.attachments ?? []).map(({ id }) => id).filter((id) => !attachments[id]);
  order.filesStaged ||= attachmentIds.length > 0;
  return profiles.copyProfile.executeWithOptions({ summary: 'Copy the KYC profile' }, [
    { profile, reference, regionCode, numberType, attachmentIds },
  ]);
}

/** The notice about it. */
export function describeCopied(profile: string, copied: CopiedProfile): string {
  switch (copied.verdict) {
    case 'NONE':
      return `There is no KYC profile ${profile}: KYC is awaited from its sender`;
    case 'OTHER_KIND':
      return `The KYC profile ${profile} is for another kind of number: KYC is awaited from its sender`;
    case 'COPIED':
      return `The KYC profile ${profile} is applied, with ${copied.attachments.length} documents`;
  }
}
