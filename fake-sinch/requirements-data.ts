import type { NumberRequirements } from './types';

const schema = '/schema/policySchema-v1.json';
const name = { required: true, type: 'string', minLength: 1, maxLength: 100 };
const text = { required: true, type: 'string', minLength: 10, maxLength: 500 };
const place = { required: true, type: 'string', minLength: 1, maxLength: 100 };
const phoneNumber = { required: true, type: 'string', pattern: '^\\+[1-9][0-9]{6,14}$' };

const IMAGES_AND_PDF = ['application/pdf', 'image/jpeg', 'image/png'];

/**
 * What each region and type asks for. AU has the shape Sinch documents; the others differ from it on purpose, in the
 * ways Sinch's texts leave open. A region that stands here but not with this type needs nothing, as US does.
 */
export const BUILT_IN_REQUIREMENTS: Record<string, NumberRequirements> = {
  'AU MOBILE': {
    fields: {
      schema,
      rules: [
        {
          // Answered by a list, one object for each sender.
          repeated: true,
          template: {
            senderId: { required: true, type: 'string', minLength: 3, maxLength: 11, pattern: '^[A-Za-z0-9 ]+$' },
            purposeOfTheTraffic: {
              required: true,
              type: 'string',
              enum: ['Transactional', 'Marketing', 'Two-way conversation'],
            },
            intendedUseOfMobileNumbers: text,
            iConfirmThatMyBusinessHasAValidUseCaseForThisLn: { required: true, type: 'string', enum: ['Yes'] },
          },
        },
        {
          template: {
            endBusinessName: name,
            endBusinessAddress: place,
            endBusinessAddress2: { required: false, type: 'string', maxLength: 100 },
            city: place,
            state: { required: true, type: 'string', enum: ['ACT', 'NSW', 'NT', 'QLD', 'SA', 'TAS', 'VIC', 'WA'] },
            country: place,
            postalCode: { required: true, type: 'string', pattern: '^[0-9]{4}$' },
          },
        },
        { template: { firstName: name, lastName: name, phoneNumber } },
      ],
      attachments: [],
    },
    attachments: [
      {
        id: 'proofOfIdentity',
        title: 'Proof of identity',
        description: 'Passport or driving licence of the person who signs for the business',
        mandatory: true,
        template: [],
        allowedMimeTypes: IMAGES_AND_PDF,
        allowedDocumentTypes: [],
      },
      {
        id: 'letterOfAuthorization',
        title: 'Letter of authorization',
        description: 'Needed when the number is ordered on behalf of another business',
        mandatory: false,
        template: [{ name: 'Letter of authorization', url: 'https://example.com/letter-of-authorization.pdf' }],
        allowedMimeTypes: ['application/pdf'],
        allowedDocumentTypes: [],
      },
    ],
  },
  'DE LOCAL': {
    // The attachments stand inside the fields here.
    fields: {
      schema,
      rules: [
        {
          template: {
            companyName: name,
            street: place,
            city: place,
            postalCode: { required: true, type: 'string', pattern: '^[0-9]{5}$' },
          },
        },
      ],
      attachments: [
        {
          id: 'proofOfAddress',
          title: 'Proof of address',
          description: 'Not older than three months, in the area of the number',
          mandatory: true,
          template: [],
          allowedMimeTypes: IMAGES_AND_PDF,
          allowedDocumentTypes: ['UTILITY_BILL', 'RENTAL_CONTRACT', 'REGISTRATION_CERTIFICATE'],
        },
        {
          id: 'companyRegistration',
          title: 'Extract from the commercial register',
          description: 'Of the company that will use the number',
          mandatory: true,
          template: [],
          allowedMimeTypes: ['application/pdf'],
          allowedDocumentTypes: [],
        },
      ],
    },
  },
  'GB MOBILE': {
    fields: {
      schema,
      rules: [
        { template: { businessName: name, useCase: text } },
        { template: { firstName: name, lastName: name, phoneNumber } },
      ],
      attachments: [],
    },
    attachments: [],
  },
};
