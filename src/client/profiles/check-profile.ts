import {
  attachmentKeyOf,
  readAttachment,
  readRegistration,
  readRequest,
  REFERENCE_PATTERN,
  type KycProfile,
} from '@number-orders/contract';
import { check } from '../check';
import { InvalidRequestError } from '../errors';
import type { DocumentOfProfile, ProfileToPut } from './profiles';

/** @throws {InvalidRequestError} */
export function checkName(name: string): void {
  if (REFERENCE_PATTERN.test(name)) return;
  const description = 'must be 1 to 128 letters, digits, dots, dashes or underscores, beginning with a letter or digit';
  throw new InvalidRequestError([{ field: 'name', description }], 'The profile');
}

/** @throws {InvalidRequestError} */
export function checkProfile(profile: Omit<ProfileToPut, 'documents'>): Omit<KycProfile, 'documents'> {
  const { registration } = profile;
  // The same violations as an order's.
  const { regionCode, numberType } = check(
    readRequest({
      reference: 'profile',
      regionCode: profile.regionCode,
      numberType: profile.numberType,
      selection: { search: {} },
    }),
    'The profile',
  );
  return {
    regionCode,
    numberType,
    ...(registration && { registration: check(readRegistration(registration), 'The registration') }),
  };
}

/** @throws {InvalidRequestError} */
export function checkDocument({ content: _content, ...document }: DocumentOfProfile): void {
  const sha256 = '0'.repeat(64);
  const probe = { ...document, key: attachmentKeyOf('profile', sha256), size: 1, sha256 };
  check(readAttachment('profile')(probe), 'The document');
}
