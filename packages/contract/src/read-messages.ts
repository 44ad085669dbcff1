import { author, reason } from './fields';
import { attachmentKeyOf } from './ids';
import { LIMITS } from './limits';
import type {
  AdoptOrder,
  CancelRequest,
  Erase,
  ExtendCorrectionWindow,
  OperatorAction,
  SinchEvent,
  WaiveRequirement,
} from './messages';
import {
  anObject,
  anything,
  exactlyOneOf,
  flag,
  ifReadable,
  integer,
  object,
  text,
  within,
  wrong,
  type Read,
  type Reader,
} from './reader';
import type { Attachment, Registration } from './request';

/** Reads the argument of a message. */
export type ReadArgument<T> = (argument: unknown) => Read<T>;

const asArgument =
  <T>(reader: Reader<T>): ReadArgument<T> =>
  (argument) =>
    reader(argument, '');

const operatorAction = { author, reason };

/** KYC is kept unchanged: only Sinch knows its form. */
export const registration: Reader<Registration> = within(
  { bytes: LIMITS.registrationBytes, depth: LIMITS.registrationDepth, remedy: 'send documents as attachments' },
  exactlyOneOf({ data: anything, requestDetails: anObject }),
);

const attachmentFields = object({
  required: {
    attachmentId: text({
      bytes: LIMITS.attachmentIdBytes,
      like: /^[A-Za-z0-9][^/\\\p{Cc}]{0,127}$/u,
      remedy: 'must be the id of a required attachment: up to 128 characters, no slash',
    }),
    key: text({ bytes: 2 * LIMITS.idBytes, like: /^[^/]+\/[0-9a-f]{64}$/, remedy: 'must be <reference>/<sha256>' }),
    fileName: text({
      bytes: LIMITS.fileNameBytes,
      like: /^[^/\\\p{Cc}]+$/u,
      remedy: 'must be a plain file name, without a folder or control characters',
    }),
    mimeType: text({
      bytes: LIMITS.mediaTypeBytes,
      like: /^[\w.+-]+\/[\w.+-]+$/,
      remedy: 'must be a media type such as application/pdf',
    }),
    size: integer(1, Number.MAX_SAFE_INTEGER),
    sha256: text({ bytes: 64, like: /^[0-9a-f]{64}$/, remedy: 'must be 64 lower-case hexadecimal digits' }),
  },
  optional: { documentType: text({ bytes: LIMITS.documentTypeBytes }) },
});

/** An attachment's key must lie under its own order's reference: never another order's file. */
export const attachment =
  (reference: string): Reader<Attachment> =>
  (value, field) => {
    const read = attachmentFields(value, field);
    if (read.violations || read.value.key === attachmentKeyOf(reference, read.value.sha256)) return read;
    return wrong(field ? `${field}.key` : 'key', `must be ${reference}/ followed by its own sha256`);
  };

export const readRegistration = asArgument(registration);

export const readAttachment = (reference: string): ReadArgument<Attachment> => asArgument(attachment(reference));

export const readCancel: ReadArgument<CancelRequest> = asArgument(
  object({ required: { reason }, optional: { author } }),
);

const shortText = text({ bytes: 256 });
const hint = ifReadable(shortText);

/** Sinch requires only the kind of the resource, and may add kinds and states: each is a hint to read the order. */
export const readSinchEvent: ReadArgument<SinchEvent> = asArgument(
  object({
    required: { resourceType: shortText },
    optional: {
      eventId: hint,
      resourceId: hint,
      eventType: hint,
      status: hint,
      timestamp: hint,
      projectId: hint,
      failureCode: hint,
      internalFailureCode: hint,
    },
  }),
);

export const readOperatorAction: ReadArgument<OperatorAction> = asArgument(object({ required: operatorAction }));

const sinchOrderId = text({
  bytes: LIMITS.idBytes,
  like: /^[A-Za-z0-9-]{1,128}$/,
  remedy: 'must be the id Sinch gave the order',
});

export const readAdoptOrder: ReadArgument<AdoptOrder> = asArgument(
  object({ required: { ...operatorAction, idNumberOrder: sinchOrderId } }),
);

export const readWaiveRequirement: ReadArgument<WaiveRequirement> = asArgument(
  object({ required: { ...operatorAction, attachmentId: text({ bytes: LIMITS.attachmentIdBytes }) } }),
);

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Checks the form and the calendar date. */
const rfc3339: Reader<string> = (value, field) =>
  typeof value === 'string' && value.length <= 64 && RFC_3339.test(value) && !Number.isNaN(Date.parse(value))
    ? { value }
    : wrong(field, 'must be an RFC 3339 time such as 2026-01-31T18:00:00Z');

export const readExtendCorrectionWindow: ReadArgument<ExtendCorrectionWindow> = asArgument(
  object({ required: { ...operatorAction, until: rfc3339 } }),
);

export const readErase: ReadArgument<Erase> = asArgument(
  object({ required: operatorAction, optional: { force: flag } }),
);
