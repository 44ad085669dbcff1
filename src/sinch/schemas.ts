import { z } from 'zod';
import type {
  ActiveNumber,
  AvailableNumber,
  CallbackConfiguration,
  NumberOrder,
  NumberOrderState,
  RegistrationAttachment,
  SinchRegistration,
} from './types';

/**
 * The answers we read. Fields we do not use are dropped, fields we rely on must be there and right, and a field Sinch
 * leaves null or out where it may is undefined.
 */

const STATES: ReadonlySet<string> = new Set<NumberOrderState>([
  'CREATED',
  'IN_REVIEW',
  'BLOCKED',
  'COMPLETED',
  'REJECTED',
  'EXPIRED',
]);

/** Left out, or null, is undefined. */
function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** Sinch leaves empty lists out. */
function list<T extends z.ZodType>(schema: T) {
  return z
    .array(schema)
    .nullish()
    .transform((value) => value ?? []);
}

const text = optional(z.string());
/** RFC 3339. One that cannot be read is no time at all, and one without a zone is UTC, as in Sinch's callbacks. */
const time = text.transform((value) => {
  if (value === undefined) return undefined;
  const withZone = /(Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`;
  return Number.isNaN(Date.parse(withZone)) ? undefined : withZone;
});
const money = z.object({ currencyCode: z.string(), amount: z.string() });
const price = z.object({
  setupPrice: optional(money),
  monthlyPrice: optional(money),
  paymentIntervalMonths: optional(z.number()),
});

// A state that Sinch adds one day must not turn an order that exists into one whose answer is unreadable.
const state = z
  .string()
  .transform((name): NumberOrderState => (isState(name) ? name : 'NUMBER_ORDER_STATE_UNSPECIFIED'));

function isState(name: string): name is NumberOrderState {
  return STATES.has(name);
}

export const numberOrder: z.ZodType<NumberOrder> = z.object({
  idNumberOrder: z.string().min(1),
  state,
  regionCode: z.string(),
  numberType: z.string(),
  orderNumbers: list(
    z.object({ phoneNumber: z.string().min(1), numberPrice: optional(price), capabilities: list(z.string()) }),
  ),
  expireTime: time.transform((value) => value ?? null),
  createTime: time,
  updateTime: text,
});

export const availableNumbers: z.ZodType<{ availableNumbers: AvailableNumber[] }> = z.object({
  availableNumbers: list(
    price.extend({
      phoneNumber: z.string().min(1),
      regionCode: text,
      type: text,
      capability: list(z.string()),
    }),
  ),
});

const attachment: z.ZodType<RegistrationAttachment> = z.object({
  attachmentId: z.string().min(1),
  fileName: text,
  mimeType: text,
  documentType: text,
  uploadStatus: z.enum(['WAITING', 'COMPLETED', 'FAILED']).catch('WAITING'),
  createTime: text,
  updateTime: text,
});

export const registration: z.ZodType<SinchRegistration> = z.object({
  requestDetails: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((value) => value ?? {}),
  attachments: list(attachment),
  logs: list(z.object({ message: z.string(), createTime: text })),
});

// What linking looks like while it is under way is documented thinly: a piece we cannot read is left out.
const provisioning = optional(
  z.object({
    status: text,
    errorCodes: list(z.string()).catch([]),
    lastUpdatedTime: text.catch(undefined),
  }),
).catch(undefined);

export const activeNumber: z.ZodType<ActiveNumber> = z.object({
  phoneNumber: z.string().min(1),
  regionCode: text,
  type: text,
  expireAt: text,
  smsConfiguration: optional(z.object({ servicePlanId: text, campaignId: text, scheduledProvisioning: provisioning })),
  voiceConfiguration: optional(
    z.object({ type: text, appId: text, trunkId: text, serviceId: text, scheduledVoiceProvisioning: provisioning }),
  ),
});

export const callbackConfiguration: z.ZodType<CallbackConfiguration> = z.object({ projectId: text, hmacSecret: text });

/** Seconds. RFC 6749 lets `expires_in` out; Sinch answers about 3600. */
export const accessToken = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(300),
});

/** Where a 2xx says it all. What Sinch puts in the body is not documented; a proxy's HTML page it is not. */
export const acknowledgement = z
  .unknown()
  .refine((body) => body !== undefined)
  .transform(() => null);
