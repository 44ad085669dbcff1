import { exactlyOneOf, flag, integer, isObject, list, object, oneOf, text, textUpTo, type Check } from './check';
import { DAY_MS, parseDuration } from './duration';
import { REFERENCE_PATTERN } from './ids';
import { LIMITS } from './limits';
import type { Violation } from './messages';
import { CAPABILITIES, NUMBER_TYPES, SEARCH_PATTERNS } from './request';
import { checkAttachment, checkRegistration } from './validate-messages';

const id = textUpTo(128);
const phoneNumber = text(/^\+[1-9]\d{6,14}$/, 'must be E.164, such as +61491570156');

const searchFields = {
  pattern: text(/^\+?\d{1,15}$/, 'must be digits, with a leading + to match from the country code'),
  searchPattern: oneOf(SEARCH_PATTERNS),
  capabilities: list(oneOf(CAPABILITIES), CAPABILITIES.length),
};

const selection = exactlyOneOf({
  phoneNumber,
  search: object({ optional: searchFields }),
  quantity: object({ optional: { ...searchFields, requestedQuantity: integer(1, 100), sequential: flag } }),
});

const voiceConfiguration: Check = (value, field) => {
  const idFields = { RTC: 'appId', EST: 'trunkId', FAX: 'serviceId' } as const;
  const type = oneOf(Object.keys(idFields));
  const kind = isObject(value) ? value.type : undefined;
  const problems = type(kind, `${field}.type`);
  if (problems.length > 0) return problems;
  return object({ required: { type, [idFields[kind as keyof typeof idFields]]: id } })(value, field);
};

const correctionWindow: Check = (value, field) => {
  const length = typeof value === 'string' ? parseDuration(value) : undefined;
  if (length === undefined)
    return [{ field, description: 'must be a number and a unit, such as 7 days, 36 hours or 90 minutes' }];
  const { correctionWindowDays } = LIMITS;
  return length <= correctionWindowDays * DAY_MS
    ? []
    : [{ field, description: `must be at most ${correctionWindowDays} days` }];
};

const httpsUrl = text(/^https:\/\/[^\s/@?#]+([/?#]\S*)?$/, 'must be an https URL without user or password');

/** Whether it may be posted to as far as its form goes; the operators list the hosts. */
export function isNotificationUrl(value: unknown): value is string {
  return httpsUrl(value, '').length === 0;
}

const requestOf = (reference: string): Check =>
  object({
    required: {
      reference: text(
        REFERENCE_PATTERN,
        'must be 1 to 128 letters, digits, dots, dashes or underscores, beginning with a letter or digit',
      ),
      regionCode: text(/^[A-Z]{2}$/, 'must be a country of ISO 3166-1 alpha-2 in capitals, such as AU'),
      numberType: oneOf(NUMBER_TYPES),
      selection,
    },
    optional: {
      smsConfiguration: object({ required: { servicePlanId: id }, optional: { campaignId: id } }),
      voiceConfiguration,
      expectedAttachments: list(id, LIMITS.attachments),
      registration: checkRegistration,
      attachments: list(checkAttachment(reference), LIMITS.attachments),
      onExpiry: oneOf(['end', 'renew']),
      maxRenewals: integer(0, 100),
      onRejection: oneOf(['end', 'correct']),
      maxCorrections: integer(0, 100),
      correctionWindow,
      notificationUrl: httpsUrl,
    },
  });

/** What is wrong with an order request, field by field; empty: nothing. Never repeats a value. */
export function validateRequest(request: unknown): Violation[] {
  const reference = isObject(request) && typeof request.reference === 'string' ? request.reference : '';
  return requestOf(reference)(request, '');
}

/** One sentence for a list of violations: fields and remedies, no values. */
export function describeViolations(violations: readonly Violation[]): string {
  return violations.map(({ field, description }) => `${field} ${description}`).join('; ');
}
