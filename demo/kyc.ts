import { Readable } from 'node:stream';
import type { Document } from '../src/client';
import type { Registration } from '@number-orders/contract';
import auMobile from './examples/au-registration.json';
import auMobileWithMistakes from './examples/au-registration-with-mistakes.json';
import gbMobile from './examples/gb-registration.json';

/** KYC of people and companies that do not exist, as the fake Sinch's requirements want it. */

export const auRegistration: Registration = auMobile;

/** The state and the postal code are no Australian ones. */
export const auRegistrationWithMistakes: Registration = auMobileWithMistakes;

export const gbRegistration: Registration = gbMobile;

export function gbRegistrationWith(changes: Record<string, string>): Registration {
  const [business, person] = gbMobile.data;
  return { data: [{ ...business, ...changes }, person] };
}

/** The document's id at the fake Sinch, as opaque as Sinch's own; its title is "Proof of identity". */
export const PROOF_OF_IDENTITY = '01jxn21ykc3vq8m5d7e0ga4hfr';

export function proofOfIdentity(): Document {
  return {
    attachmentId: PROOF_OF_IDENTITY,
    fileName: 'identity.pdf',
    mimeType: 'application/pdf',
    content: Readable.from(['Not a real document: an example of the demo.']),
  };
}
