import { isNativeError } from 'node:util/types';

/**
 * The list of fields that are never printed, whatever their value and depth: KYC, texts that can echo it, and secrets. Names are
 * compared without case, dashes and underscores.
 */
export const NEVER_PRINTED = [
  // Whole messages to orders, and data derived from them.
  ...['args', 'arguments', 'body', 'data', 'details', 'input', 'memo', 'payload', 'payloads'],
  ...['registration', 'requestDetails', 'request'],
  // Texts that can quote KYC.
  ...['description', 'fileName', 'notices', 'reviewLog', 'violations'],
  // Fields of registrations that several countries share.
  ...['address', 'birthDate', 'businessName', 'city', 'companyName', 'companyRegistrationNumber', 'contact'],
  ...['dateOfBirth', 'documentNumber', 'email', 'endBusinessAddress', 'endBusinessAddress2', 'endBusinessName'],
  ...['firstName', 'fullName', 'idNumber', 'lastName', 'name', 'nationality', 'passportNumber', 'phone', 'phoneNumber'],
  ...['phoneNumbers', 'postalCode', 'senderId', 'street', 'taxId', 'vatNumber', 'zip'],
  // Secrets.
  ...['accessToken', 'apiKey', 'authorization', 'clientSecret', 'cookie', 'encryptionKeys', 'headers', 'hmacSecret'],
  ...[
    'key',
    'keys',
    'keySecret',
    'password',
    'payloadCodecs',
    'privateKey',
    'secret',
    'signature',
    'taskToken',
    'token',
  ],
] as const;

const DEEPEST = 6;
const plain = (name: string) => name.toLowerCase().replaceAll(/[-_]/g, '');
const hidden = new Set(NEVER_PRINTED.map(plain));

/** The printable part of a value. For an error: type, message and stack. */
export function redacted(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isNativeError(value)) return plainError(value);
  if (depth === DEEPEST) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redacted(item, depth + 1));
  if (value instanceof Date || ArrayBuffer.isView(value)) return value instanceof Date ? value : '[bytes]';
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      hidden.has(plain(name)) ? '[redacted]' : redacted(field, depth + 1),
    ]),
  );
}

function plainError(error: Error & { type?: unknown }) {
  const { name, message, stack } = error;
  return { name, ...(typeof error.type === 'string' && { type: error.type }), message, stack };
}
