import type { Attachment, NumberType, Registration } from './request';

/** A document of a profile: an attachment whose bytes are stored with the profile. */
export type ProfileDocument = Omit<Attachment, 'key'>;

/** KYC under a name, for orders of one kind of number. Stored encrypted, and never in a history. */
export interface KycProfile {
  /** ISO 3166-1 alpha-2. */
  regionCode: string;
  numberType: NumberType;
  registration?: Registration;
  documents: ProfileDocument[];
}

/** An entry of a profile's log. */
export interface ProfileUse {
  /** RFC 3339. */
  time: string;
  /** USED: an order has copied it. */
  kind: 'PUT' | 'USED' | 'RESEALED' | 'ERASED';
  /** The reference of the order that used it. */
  reference?: string;
  author?: string;
  reason?: string;
}

/** The places of profiles. The KYC is apart from the log of its use: erasing a profile keeps the log. */
export const PROFILES = '.profiles';
const PROFILE_USES = '.profile-uses';

/** The record of a profile's fields, next to its documents. */
export const PROFILE_RECORD = 'profile';

export function profilePlaces(name: string): { kyc: string; uses: string } {
  return { kyc: `${PROFILES}/${name}`, uses: `${PROFILE_USES}/${name}` };
}

/** One record for each order, even if its use is noted several times. */
export function profileUseRecord({ kind, reference, time }: ProfileUse): string {
  return reference === undefined ? `${time.replace(/[^0-9]/g, '')}-${kind}` : `used-${reference}`;
}
