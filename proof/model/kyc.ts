import { randomUUID } from 'node:crypto';
import type { Registration } from '../../src/contract';

/** Registrations that the fake Sinch's built-in requirements accept, of people and companies that do not exist. */

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

export const gbRegistration = {
  data: [
    { businessName: 'Example Ltd', useCase: 'Delivery notices to customers' },
    { firstName: 'Alex', lastName: 'Example', phoneNumber: '+447700900123' },
  ],
} satisfies Registration;

export const deRegistration = {
  data: [{ companyName: 'Beispiel GmbH', street: 'Beispielweg 1', city: 'Berlin', postalCode: '10115' }],
} satisfies Registration;

/** One like no other, so that Sinch's audit tells whether it was this one that arrived. */
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
