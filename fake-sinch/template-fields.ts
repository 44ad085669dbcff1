/**
 * What the built-in templates ask for: the fields of the one registration that Sinch documents, for Australia. Their
 * names and values are Sinch's; their lengths, patterns, help texts and choices are the fake's own, in the words of the
 * policies of Sinch's sender id registrations.
 */
export interface Property extends Record<string, unknown> {
  name: string;
  /** Left out, the field is optional. */
  required?: boolean;
}

const PHONE_NUMBER = '^[+][1-9][0-9]{6,14}$';

export const SENDER: readonly Property[] = [
  {
    name: 'senderId',
    title: 'Sender ID',
    description: 'The number that messages come from,\nin the international format.',
    'x-placeholder': 'e.g. +61411111112',
    type: 'string',
    required: true,
    pattern: PHONE_NUMBER,
    examples: ['+61411111112'],
    message: { pattern: 'Write the number with + and the country code, without spaces.' },
  },
  {
    name: 'purposeOfTheTraffic',
    title: 'Purpose of the traffic',
    type: 'string',
    required: true,
    enum: ['One Time Password', 'Notifications', 'Marketing', 'Two-way conversation'],
  },
  {
    name: 'intendedUseOfMobileNumbers',
    title: 'Intended use of mobile numbers',
    description: 'What the messages are about.',
    'x-placeholder': 'e.g. Transactional',
    type: 'string',
    required: true,
    minLength: 10,
    maxLength: 500,
    examples: ['Transactional', 'Delivery notices to customers who asked for them'],
    message: { minLength: 10, maxLength: 500 },
  },
  {
    name: 'iConfirmThatMyBusinessHasAValidUseCaseForThisLn',
    title: 'I confirm that my business has a valid use case for this LN',
    type: 'boolean',
    required: true,
    enum: [true],
  },
];

export const COMPANY: readonly Property[] = [
  {
    name: 'endBusinessName',
    title: 'End business name',
    description: 'As it stands in the register of companies.',
    type: 'string',
    required: true,
    minLength: 1,
    maxLength: 100,
  },
  {
    name: 'endBusinessAddress',
    title: 'End business address',
    'x-placeholder': 'Street and number',
    type: 'string',
    required: true,
    minLength: 1,
    maxLength: 100,
  },
  { name: 'endBusinessAddress2', title: 'End business address 2', type: 'string', maxLength: 100 },
  { name: 'city', title: 'City', type: 'string', required: true, minLength: 1, maxLength: 100 },
  { name: 'state', title: 'State', type: 'string', required: false, maxLength: 100 },
  {
    name: 'country',
    title: 'Country',
    type: 'string',
    required: true,
    pattern: '^[A-Z]{2}$',
    examples: ['AU'],
    message: { pattern: 'Write the two letters of the country.' },
  },
  { name: 'postalCode', title: 'Postal code', type: 'string', required: true, minLength: 1, maxLength: 20 },
];

const AU_CHANGES: Record<string, Record<string, unknown>> = {
  state: { required: true, enum: ['ACT', 'NSW', 'NT', 'QLD', 'SA', 'TAS', 'VIC', 'WA'] },
  postalCode: {
    pattern: '^[0-9]{4}$',
    examples: ['3000'],
    message: { pattern: 'An Australian postal code has four digits.' },
  },
};

export const AU_COMPANY: readonly Property[] = COMPANY.map((property) => ({
  ...property,
  ...AU_CHANGES[property.name],
}));

export const CONTACT: readonly Property[] = [
  { name: 'firstName', title: 'First name', type: 'string', required: true, minLength: 1, maxLength: 100 },
  { name: 'lastName', title: 'Last name', type: 'string', required: true, minLength: 1, maxLength: 100 },
  {
    name: 'phoneNumber',
    title: 'Phone number',
    description: 'Where the reviewers can reach this person.',
    type: 'string',
    required: true,
    pattern: PHONE_NUMBER,
    examples: ['+61411111113'],
  },
];

/** The texts for a wrong value under their other name: Sinch's public texts have both. */
export function withMessages(properties: readonly Property[]): Record<string, unknown>[] {
  return properties.map(({ message, ...rest }) => ({ ...rest, ...(message !== undefined && { messages: message }) }));
}

/** A box to tick that may stay untouched on the way, as a form library writes it. */
export function withEmptyChoice(properties: readonly Property[]): Property[] {
  return properties.map((property) => (property.type === 'boolean' ? { ...property, enum: [null, true] } : property));
}

/** As plain JSON Schema has it: by name, with a list of the required ones. */
export function jsonSchemaOf(properties: readonly Property[]): Record<string, unknown> {
  return {
    type: 'object',
    required: properties.filter(({ required }) => required === true).map(({ name }) => name),
    properties: Object.fromEntries(
      properties.map(({ name, required: _required, message: _message, 'x-placeholder': _placeholder, ...rest }) => [
        name,
        rest,
      ]),
    ),
  };
}
