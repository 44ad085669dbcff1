import { DAY_MS, parseDuration } from './duration';
import { ownName } from './fields';
import { PROJECT_PATTERN } from './ids';
import { LIMITS } from './limits';
import type { Violation } from './messages';
import { attachment, registration } from './read-messages';
import {
  exactlyOneOf,
  flag,
  integer,
  isObject,
  list,
  object,
  oneOf,
  text,
  wrong,
  type Read,
  type Reader,
} from './reader';
import { PHONE_NUMBER_PATTERN } from './phone-number';
import { REGION_CODE_PATTERN, describeUnsoldRegion, regionMeantBy } from './region';
import {
  CAPABILITIES,
  NUMBER_TYPES,
  SEARCH_PATTERNS,
  type NumberOrderRequest,
  type PriceLimit,
  type Selection,
  type VoiceConfiguration,
} from './request';

/** A misspelt option would silently change the order. */
const refuseUnknown = { unknownFields: 'refuse' } as const;

const id = text({ bytes: LIMITS.idBytes });
const phoneNumber = text({ bytes: 16, like: PHONE_NUMBER_PATTERN, remedy: 'must be E.164, such as +61491570156' });

const country = text({
  bytes: 2,
  like: REGION_CODE_PATTERN,
  remedy: 'must be a country of ISO 3166-1 alpha-2 in capitals, such as AU',
});
const regionCode: Reader<string> = (value, field) => {
  const read = country(value, field);
  if (read.violations || regionMeantBy(read.value) === undefined) return read;
  return wrong(field, describeUnsoldRegion(read.value));
};

const searchFields = {
  pattern: text({
    bytes: 16,
    like: /^\+?\d{1,15}$/,
    remedy: 'must be digits, with a leading + to match from the country code',
  }),
  searchPattern: oneOf(SEARCH_PATTERNS),
  capabilities: list(oneOf(CAPABILITIES), CAPABILITIES.length),
};

const selection: Reader<Selection> = exactlyOneOf(
  {
    phoneNumber,
    search: object({ optional: searchFields, ...refuseUnknown }),
    quantity: object({
      optional: { ...searchFields, requestedQuantity: integer(1, 100), sequential: flag },
      ...refuseUnknown,
    }),
  },
  refuseUnknown,
);

const smsConfiguration = object({
  required: { servicePlanId: id },
  optional: { campaignId: id },
  ...refuseUnknown,
});

const ID_FIELDS = { RTC: 'appId', EST: 'trunkId', FAX: 'serviceId' } as const;

const voiceConfiguration: Reader<VoiceConfiguration> = (value, field) => {
  const type = oneOf(['RTC', 'EST', 'FAX']);
  const kind = type(isObject(value) ? value.type : undefined, `${field}.type`);
  if (kind.violations) return kind;
  const fields = object({ required: { type, [ID_FIELDS[kind.value]]: id }, ...refuseUnknown });
  return fields(value, field) as Read<VoiceConfiguration>;
};

const correctionWindow: Reader<string> = (value, field) => {
  const length = typeof value === 'string' ? parseDuration(value) : undefined;
  if (length === undefined) return wrong(field, 'must be a number and a unit, such as 7 days, 36 hours or 90 minutes');
  const { correctionWindowDays } = LIMITS;
  return length <= correctionWindowDays * DAY_MS
    ? { value: value as string }
    : wrong(field, `must be at most ${correctionWindowDays} days`);
};

const amount = text({
  bytes: 19,
  like: /^\d{1,12}(\.\d{1,6})?$/,
  remedy: 'must be an amount as a decimal string, such as "1.50"',
});

const priceLimitFields = object({
  required: {
    currencyCode: text({
      bytes: 3,
      like: /^[A-Z]{3}$/,
      remedy: 'must be a currency of ISO 4217 in capitals, such as EUR',
    }),
  },
  optional: { setup: amount, monthly: amount },
  ...refuseUnknown,
});

const priceLimit: Reader<PriceLimit> = (value, field) => {
  const read = priceLimitFields(value, field);
  if (read.violations || read.value.setup !== undefined || read.value.monthly !== undefined) return read;
  return wrong(field, 'must have setup, monthly or both');
};

const httpsUrl = text({
  bytes: LIMITS.urlBytes,
  like: /^https:\/\/[^\s/@?#]+([/?#]\S*)?$/,
  remedy: 'must be an https URL without user or password',
});

/** Whether its form is allowed. Operators list the allowed hosts. */
export function isNotificationUrl(value: unknown): value is string {
  return httpsUrl(value, '').violations === undefined;
}

const requestOf = (reference: string): Reader<NumberOrderRequest> =>
  object({
    required: {
      reference: ownName,
      regionCode,
      numberType: oneOf(NUMBER_TYPES),
      selection,
    },
    optional: {
      smsConfiguration,
      voiceConfiguration,
      expectedAttachments: list(text({ bytes: LIMITS.attachmentIdBytes }), LIMITS.attachments),
      registration,
      attachments: list(attachment(reference), LIMITS.attachments),
      onExpiry: oneOf(['end', 'renew']),
      maxRenewals: integer(0, 100),
      onRejection: oneOf(['end', 'correct']),
      maxCorrections: integer(0, 100),
      correctionWindow,
      notificationUrl: httpsUrl,
      priceLimit,
      kycProfile: ownName,
      batch: ownName,
      project: text({
        bytes: 64,
        like: PROJECT_PATTERN,
        remedy: 'must be 1 to 64 letters, digits, dots, dashes or underscores, beginning with a letter or digit',
      }),
    },
    ...refuseUnknown,
  });

/** An order request with its known fields, or its violations by field. Descriptions never repeat a value. */
export function readRequest(request: unknown): Read<NumberOrderRequest> {
  const reference = isObject(request) && typeof request.reference === 'string' ? request.reference : '';
  return requestOf(reference)(request, '');
}

/** One sentence for a list of violations: fields and remedies, no values. */
export function describeViolations(violations: readonly Violation[]): string {
  return violations.map(({ field, description }) => `${field} ${description}`).join('; ');
}
