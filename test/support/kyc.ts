import { Readable } from 'node:stream';
import type { Document } from '../../src/client';
import type { NumberOrderRequest, Registration } from '../../src/contract';

/** KYC that the fake Sinch's built-in requirements accept, and orders that ask for it. */

export const auRegistration = (changes: Record<string, unknown> = {}): Registration => ({
  data: [
    [
      {
        senderId: 'EXAMPLE',
        purposeOfTheTraffic: 'Transactional',
        intendedUseOfMobileNumbers: 'Delivery notices to customers who asked for them',
        iConfirmThatMyBusinessHasAValidUseCaseForThisLn: 'Yes',
      },
    ],
    {
      endBusinessName: 'Example Pty Ltd',
      endBusinessAddress: '1 Example Street',
      city: 'Sydney',
      state: 'NSW',
      country: 'Australia',
      postalCode: '2000',
      ...changes,
    },
    { firstName: 'Alex', lastName: 'Example', phoneNumber: '+61491570156' },
  ],
});

export const gbRegistration: Registration = {
  data: [
    { businessName: 'Example Ltd', useCase: 'Delivery notices to customers' },
    { firstName: 'Alex', lastName: 'Example', phoneNumber: '+447700900123' },
  ],
};

export const deRegistration: Registration = {
  data: [{ companyName: 'Beispiel GmbH', street: 'Beispielweg 1', city: 'Berlin', postalCode: '10115' }],
};

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
