import {
  AU_COMPANY,
  COMPANY,
  CONTACT,
  jsonSchemaOf,
  type Property,
  SENDER,
  withEmptyChoice,
  withMessages,
} from './template-fields';
import type { NumberRequirements } from './types';

const schema = '/schema/policySchema-v1.json';
const name = { required: true, type: 'string', minLength: 1, maxLength: 100 };
const place = { type: 'string', minLength: 1, maxLength: 100 };

const IMAGES_AND_PDF = ['application/pdf', 'image/jpeg', 'image/png'];

const listOf = (properties: readonly Property[]): object => ({ template: { properties } });

/**
 * What each region and type asks for. Sinch documents the fields of AU and neither the form of a template nor the order
 * of the rules: AU has what is most likely, and each of the others differs from it in a way that Sinch's texts leave open.
 * A region that stands here but not with this type needs nothing, as US does.
 */
export const BUILT_IN_REQUIREMENTS: Record<string, NumberRequirements> = {
  // A list of properties, as in the policies of Sinch's sender id registrations.
  'AU MOBILE': {
    fields: { schema, rules: [SENDER, AU_COMPANY, CONTACT].map(listOf), attachments: [] },
    attachments: [
      {
        id: '01jxn21ykc3vq8m5d7e0ga4hfr',
        title: 'Proof of identity',
        description: 'Passport or driving licence of the person who signs for the business',
        mandatory: true,
        template: [],
        allowedMimeTypes: IMAGES_AND_PDF,
        allowedDocumentTypes: [],
      },
      {
        id: '01jxn2251d0shhamtbykft2xzx',
        title: 'Letter of authorization',
        description: 'Needed when the number is ordered on behalf of another business',
        mandatory: false,
        template: [{ name: 'Letter of authorization', url: 'https://example.com/letter-of-authorization.rtf' }],
        allowedMimeTypes: ['application/pdf', 'application/rtf'],
        allowedDocumentTypes: [],
      },
    ],
  },
  // Properties by name, with a list of the required ones. The attachments stand inside the fields here.
  'DE LOCAL': {
    fields: {
      schema,
      rules: [
        {
          template: {
            required: ['companyName', 'street', 'city', 'postalCode'],
            properties: {
              companyName: { ...place, title: 'Company name' },
              street: { ...place, title: 'Street and number' },
              city: { ...place, title: 'City' },
              postalCode: { type: 'string', title: 'Postal code', pattern: '^[0-9]{5}$', examples: ['10115'] },
            },
          },
        },
      ],
      attachments: [
        {
          id: '7f3c9a52-8d1e-4b7a-9c35-e2a7d4618b90',
          title: 'Proof of address',
          description: 'Not older than three months, in the area of the number',
          mandatory: true,
          template: [],
          allowedMimeTypes: IMAGES_AND_PDF,
          allowedDocumentTypes: ['Utility Bill', 'Rental Contract', 'Registration Certificate'],
        },
        {
          id: 'c04e6b1d-27f8-4e93-a1b6-5d90f3c7e824',
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
  // One template for all of it, with a box to tick that may stay empty, and `messages` in place of `message`.
  'ES MOBILE': {
    fields: {
      schema,
      rules: [{ template: { properties: withMessages(withEmptyChoice([...SENDER, ...COMPANY, ...CONTACT])) } }],
    },
    attachments: [],
  },
  // A plain map.
  'GB MOBILE': {
    fields: {
      schema,
      rules: [
        {
          template: { businessName: name, useCase: { required: true, type: 'string', minLength: 10, maxLength: 500 } },
        },
        {
          template: {
            firstName: name,
            lastName: name,
            phoneNumber: { required: true, type: 'string', pattern: '^\\+[1-9][0-9]{6,14}$' },
          },
        },
      ],
      attachments: [],
    },
    attachments: [],
  },
  // The list of properties is the template itself.
  'IT MOBILE': {
    fields: { schema, rules: [SENDER, COMPANY, CONTACT].map((properties) => ({ template: properties })) },
    attachments: [],
  },
  // The templates in another order than the entries of the registration that Sinch documents.
  'NL MOBILE': {
    fields: { schema, rules: [CONTACT, COMPANY, SENDER].map(listOf) },
    attachments: [],
  },
  // Plain JSON Schema.
  'SE MOBILE': {
    fields: { schema, rules: [SENDER, COMPANY, CONTACT].map((properties) => ({ template: jsonSchemaOf(properties) })) },
    attachments: [],
  },
};
