import { randomUUID } from 'node:crypto';
import type { Registration } from '@number-orders/contract';

/** KYC that the fake Sinch's built-in requirements accept, of people and companies that do not exist. */

/** Attachment ids are opaque, and their titles are in the requirements. The first two are for AU, the others for DE. */
export const PROOF_OF_IDENTITY = '01jxn21ykc3vq8m5d7e0ga4hfr';
export const LETTER_OF_AUTHORIZATION = '01jxn2251d0shhamtbykft2xzx';
export const PROOF_OF_ADDRESS = '7f3c9a52-8d1e-4b7a-9c35-e2a7d4618b90';
export const COMPANY_REGISTRATION = 'c04e6b1d-27f8-4e93-a1b6-5d90f3c7e824';
/** A document type that PROOF_OF_ADDRESS accepts. */
export const UTILITY_BILL = 'Utility Bill';

/** A registration with the fields and values that Sinch documents for Australia. */

export const auRegistration = (changes: Record<string, unknown> = {}): Registration => ({
  data: [
    [
      {
        senderId: '+61411111112',
        purposeOfTheTraffic: 'One Time Password',
        intendedUseOfMobileNumbers: 'Transactional',
        iConfirmThatMyBusinessHasAValidUseCaseForThisLn: true,
      },
    ],
    {
      endBusinessName: 'Example Pty Ltd',
      endBusinessAddress: '1 Example Street',
      city: 'Melbourne',
      state: 'VIC',
      country: 'AU',
      postalCode: '3000',
      ...changes,
    },
    { firstName: 'Alex', lastName: 'Example', phoneNumber: '+61491570156' },
  ],
});

export const gbRegistration = {
  data: [
    { businessName: 'Example Ltd', useCase: 'Delivery notices to customers' },
    { firstName: 'Alex', lastName: 'Example', phoneNumber: '+447700900123' },
  ],
} satisfies Registration;

export const deRegistration = {
  data: [{ companyName: 'Beispiel GmbH', street: 'Beispielweg 1', city: 'Berlin', postalCode: '10115' }],
} satisfies Registration;

/** A registration that differs from all others, so that Sinch's audit shows whether this one arrived. */
export function uniqueRegistration(regionCode: string): Registration {
  const unique = randomUUID();
  switch (regionCode) {
    case 'AU':
      return auRegistration({ endBusinessName: unique });
    case 'DE':
      return { data: deRegistration.data.map((company) => ({ ...company, companyName: unique })) };
    default: {
      const [business, person] = gbRegistration.data;
      return { data: [business, { ...person, firstName: unique }] };
    }
  }
}
