import { Readable } from 'node:stream';
import type { Document } from '../../src/client';
import type { NumberOrderRequest } from '../../src/contract';

/** KYC that the fake Sinch's built-in requirements accept, and orders that ask for it. */

export { auRegistration, deRegistration, gbRegistration } from '../../proof/model/kyc';

export const proofOfIdentity = (changes: Partial<Document> = {}): Document => ({
  attachmentId: 'proofOfIdentity',
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
