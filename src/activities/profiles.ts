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

/** What of a profile an order wants. */
export interface WantedOfProfile {
  profile: string;
  reference: string;
  regionCode: string;
  numberType: NumberType;
  /** Attachments that Sinch asks for, by id, and that nobody has sent. */
  attachmentIds: string[];
}

/** What fits of it. NONE: there is no such profile. OTHER_KIND: it is for other numbers. */
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
      // Before anything is copied: whoever erases the profile learns of every order that may have it.
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
