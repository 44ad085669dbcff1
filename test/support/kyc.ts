import { Readable } from 'node:stream';
import type { Document } from '../../src/client';
import { PROOF_OF_IDENTITY } from '../../proof/model/kyc';
import type { NumberOrderRequest } from '@number-orders/contract';

/** KYC that the fake Sinch's built-in requirements accept, and orders that ask for it. */

export {
  auRegistration,
  COMPANY_REGISTRATION,
  deRegistration,
  gbRegistration,
  LETTER_OF_AUTHORIZATION,
  PROOF_OF_ADDRESS,
  PROOF_OF_IDENTITY,
  UTILITY_BILL,
} from '../../proof/model/kyc';

export const proofOfIdentity = (changes: Partial<Document> = {}): Document => ({
  attachmentId: PROOF_OF_IDENTITY,
  fileName: 'identity.pdf',
  mimeType: 'application/pdf',
  content: Readable.from([`a document, ${Math.random()}`]),
  ...changes,
});

type Order = Omit<NumberOrderRequest, 'reference'>;

export const auMobile: Order = { regionCode: 'AU', numberType: 'MOBILE', selection: { search: {} } };
export const gbMobile: Order = { regionCode: 'GB', numberType: 'MOBILE', selection: { search: {} } };
export const deLocal: Order = { regionCode: 'DE', numberType: 'LOCAL', selection: { search: {} } };
/** Needs no KYC. */
export const usLocal: Order = { regionCode: 'US', numberType: 'LOCAL', selection: { search: {} } };
