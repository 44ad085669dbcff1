import { heartbeat } from '@temporalio/activity';
import {
  PROFILE_RECORD,
  profilePlaces,
  profileUseRecord,
  type Attachment,
  type KycProfile,
  type NumberType,
  type ProfileUse,
  type Registration,
} from '@number-orders/contract';
import type { ActivityPorts } from './ports';

/** The part of a profile that an order needs. */
export interface WantedOfProfile {
  profile: string;
  reference: string;
  regionCode: string;
  numberType: NumberType;
  /** The ids of attachments that Sinch asks for and no one has sent. */
  attachmentIds: string[];
}

/** The fitting part. NONE: there is no such profile. OTHER_KIND: it is for other numbers. */
export type CopiedProfile =
  { verdict: 'COPIED'; registration?: Registration; attachments: Attachment[] } | { verdict: 'NONE' | 'OTHER_KIND' };

export function profileActivities({ store, records }: ActivityPorts) {
  return {
    /** Repeatable: the same documents are kept once, and the use is noted once. */
    async copyProfile(wanted: WantedOfProfile): Promise<CopiedProfile> {
      const { profile, reference, regionCode, numberType, attachmentIds } = wanted;
      const { kyc, uses } = profilePlaces(profile);
      const content = await records.readRecord(kyc, PROFILE_RECORD);
      if (content === undefined) return { verdict: 'NONE' };
      const kept = JSON.parse(content) as KycProfile;
      if (kept.regionCode !== regionCode || kept.numberType !== numberType) return { verdict: 'OTHER_KIND' };
      const use: ProfileUse = { time: new Date().toISOString(), kind: 'USED', reference };
      // Before anything is copied, so that erasing the profile reports every order that may have a copy.
      await records.keepRecord(uses, profileUseRecord(use), JSON.stringify(use));
      const attachments: Attachment[] = [];
      for (const document of kept.documents.filter(({ attachmentId }) => attachmentIds.includes(attachmentId))) {
        heartbeat();
        const { key } = await store.put(reference, records.openDocument(kyc, document));
        attachments.push({ ...document, key });
      }
      return { verdict: 'COPIED', ...(kept.registration && { registration: kept.registration }), attachments };
    },
  };
}
