import type { Attachment, NumberType, Registration } from './request';

/** A document of a profile: an attachment whose bytes wait with the profile. */
export type ProfileDocument = Omit<Attachment, 'key'>;

/** KYC that is kept under a name, for orders of one kind of number. Kept encrypted, and in no history. */
export interface KycProfile {
  /** ISO 3166-1 alpha-2. */
  regionCode: string;
  numberType: NumberType;
  registration?: Registration;
  documents: ProfileDocument[];
}

/** What was done with a profile. */
export interface ProfileUse {
  /** RFC 3339. */
  time: string;
  /** USED: an order has copied it. */
  kind: 'PUT' | 'USED' | 'RESEALED' | 'ERASED';
  /** Of the order that has used it. */
  reference?: string;
  author?: string;
  reason?: string;
}

/** Where profiles are kept, the KYC itself apart from who has used it: erasing a profile leaves the latter. */
export const PROFILES = '.profiles';
const PROFILE_USES = '.profile-uses';

/** The record of a profile's fields; its documents lie beside it. */
export const PROFILE_RECORD = 'profile';

export function profilePlaces(name: string): { kyc: string; uses: string } {
  return { kyc: `${PROFILES}/${name}`, uses: `${PROFILE_USES}/${name}` };
}

/** One record for each order, however often the use is noted. */
export function profileUseRecord({ kind, reference, time }: ProfileUse): string {
  return reference === undefined ? `${time.replace(/[^0-9]/g, '')}-${kind}` : `used-${reference}`;
}
