import { all, exactlyOneOf, flag, integer, isObject, object, oneOf, text, textUpTo, type Check } from './check';
import { attachmentKeyOf } from './ids';
import { LIMITS } from './limits';
import type { Violation } from './messages';
import type { Attachment } from './request';

/** What is wrong with an argument; empty: nothing. */
type Validate = (argument: unknown) => Violation[];

const message = (fields: { required?: Record<string, Check>; optional?: Record<string, Check> }) =>
  object({ ...fields, unknownFields: 'ignore' });

const author = textUpTo(LIMITS.reasonCharacters);
const reason = textUpTo(LIMITS.reasonCharacters);
const operatorAction = { author, reason };
const anything: Check = (value, field) =>
  value === null || value === '' ? [{ field, description: 'must not be empty' }] : [];
const anObject: Check = (value, field) =>
  isObject(value) && Object.keys(value).length > 0 ? [] : [{ field, description: 'must be an object with fields' }];

/** Deeper than any form is, and far from what no code could take apart any more. */
const isTooDeep = (value: unknown, left: number = LIMITS.registrationDepth): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (left === 0 || Object.values(value).some((entry) => isTooDeep(entry, left - 1)));

const withinLimit: Check = (value, field) => {
  if (isTooDeep(value)) {
    return [
      { field: field || 'registration', description: `must not be nested deeper than ${LIMITS.registrationDepth}` },
    ];
  }
  // A signal can come without its argument, and neither undefined nor a function has any JSON.
  const { length } = (JSON.stringify(value) as string | undefined) ?? '';
  return length <= LIMITS.registrationCharacters
    ? []
    : [
        {
          field: field || 'registration',
          description: `must be at most ${LIMITS.registrationCharacters} characters of JSON; send documents as attachments`,
        },
      ];
};

export const checkRegistration: Check = all(exactlyOneOf({ data: anything, requestDetails: anObject }), withinLimit);

const SHA256 = /^[0-9a-f]{64}$/;
const ATTACHMENT_ID = /^[A-Za-z0-9][^/\\\p{Cc}]{0,127}$/u;

const attachmentFields = message({
  required: {
    attachmentId: text(ATTACHMENT_ID, 'must be the id of a required attachment: up to 128 characters, no slash'),
    key: text(/^[^/]+\/[0-9a-f]{64}$/, 'must be <reference>/<sha256>'),
    fileName: all(
      textUpTo(LIMITS.fileNameCharacters),
      text(/^[^/\\\p{Cc}]+$/u, 'must be a plain file name, without a folder or control characters'),
    ),
    mimeType: text(/^[\w.+-]+\/[\w.+-]+$/, 'must be a media type such as application/pdf'),
    size: integer(1, Number.MAX_SAFE_INTEGER),
    sha256: text(SHA256, 'must be 64 lower-case hexadecimal digits'),
  },
  optional: { documentType: textUpTo(LIMITS.fileNameCharacters) },
});

/** An attachment's key must lie under its own order's reference: never another order's file. */
export const checkAttachment =
  (reference: string): Check =>
  (value, field) => {
    const problems = attachmentFields(value, field);
    if (problems.length > 0) return problems;
    const attachment = value as Attachment;
    return attachment.key === attachmentKeyOf(reference, attachment.sha256)
      ? []
      : [{ field: field ? `${field}.key` : 'key', description: `must be ${reference}/ followed by its own sha256` }];
  };

export const validateRegistration: Validate = (argument) => checkRegistration(argument, '');

export const validateAttachment = (reference: string): Validate => {
  const check = checkAttachment(reference);
  return (argument) => check(argument, '');
};

const asArgument =
  (check: Check): Validate =>
  (argument) =>
    check(argument, '');

export const validateCancel = asArgument(message({ required: { reason }, optional: { author } }));

const shortText = textUpTo(256);
export const validateSinchEvent = asArgument(
  message({
    required: {
      eventId: shortText,
      resourceType: oneOf(['NUMBER_ORDER', 'ACTIVE_NUMBER']),
      resourceId: shortText,
      eventType: shortText,
      status: shortText,
    },
  }),
);

export const validateOperatorAction = asArgument(message({ required: operatorAction }));

export const validateAdoptOrder = asArgument(
  message({
    required: {
      ...operatorAction,
      idNumberOrder: text(/^[A-Za-z0-9-]{1,128}$/, 'must be the id Sinch gave the order'),
    },
  }),
);

export const validateWaiveRequirement = asArgument(
  message({
    required: { ...operatorAction, attachmentId: textUpTo(256) },
  }),
);

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** In form, and on the calendar. */
const rfc3339: Check = (value, field) =>
  typeof value === 'string' && RFC_3339.test(value) && !Number.isNaN(Date.parse(value))
    ? []
    : [{ field, description: 'must be an RFC 3339 time such as 2026-01-31T18:00:00Z' }];

export const validateExtendCorrectionWindow = asArgument(
  message({
    required: {
      ...operatorAction,
      until: rfc3339,
    },
  }),
);

export const validateErase = asArgument(message({ required: operatorAction, optional: { force: flag } }));
