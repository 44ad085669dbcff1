import { z } from 'zod';
import { list, money, number, phoneNumber, piece, text, time } from './tolerant';
import type {
  ActiveNumber,
  ActiveNumbersPage,
  AvailableNumber,
  AvailableRegion,
  CallbackConfiguration,
  ListedNumber,
  NumberOrder,
  NumberOrderState,
  OrderNumber,
  RegistrationAttachment,
  SinchRegistration,
} from './types';

/**
 * The answers we read. Of an order only `idNumberOrder` and `state` must be readable; everything else is optional, so that an
 * unreadable price or time never loses a reservation.
 */

const STATES: ReadonlySet<string> = new Set<NumberOrderState>([
  'CREATED',
  'IN_REVIEW',
  'BLOCKED',
  'COMPLETED',
  'REJECTED',
  'EXPIRED',
]);

const anyObject = z.record(z.string(), z.unknown());

/** Opaque. */
const id = z.union([z.string().min(1).max(128), z.int().transform(String)]);

const price = z.object({ setupPrice: money, monthlyPrice: money, paymentIntervalMonths: number });

// A new state at Sinch must not make an existing order's answer unreadable.
function stateOf(name: string): Pick<NumberOrder, 'state' | 'unknownState'> {
  if (isState(name)) return { state: name };
  const unknownState = /^\w{1,64}$/.exec(name)?.[0] ?? 'not a word';
  return { state: 'NUMBER_ORDER_STATE_UNSPECIFIED', unknownState };
}

function isState(name: string): name is NumberOrderState {
  return STATES.has(name);
}

/** Sinch has two values today. */
const capabilities = list(z.string().regex(/^\w{1,32}$/)).transform((words) => words.slice(0, 10));

const orderNumber: z.ZodType<OrderNumber> = z.union([
  z.object({ phoneNumber, numberPrice: piece(price), capabilities }),
  // Named as in the answer to a creation.
  phoneNumber.refine((named) => named.startsWith('+')).transform((named) => ({ phoneNumber: named, capabilities: [] })),
]);

export const numberOrder: z.ZodType<NumberOrder> = z
  .object({
    idNumberOrder: id,
    state: z.string(),
    regionCode: text,
    numberType: text,
    orderNumbers: list(orderNumber).transform(distinct),
    expireTime: time.transform((value) => value ?? null),
    createTime: time,
    updateTime: time,
  })
  .transform(({ state, ...order }) => ({ ...order, ...stateOf(state) }));

/** The most numbers of an order. */
const MOST_NUMBERS = 100;

/** The first entry of each number. */
function distinct(numbers: OrderNumber[]): OrderNumber[] {
  const named = numbers.map((each) => each.phoneNumber);
  return numbers.filter((each, index) => named.indexOf(each.phoneNumber) === index).slice(0, MOST_NUMBERS);
}

/** A list under its name, or a bare one. */
function listAnswer<T>(name: string, entry: z.ZodType<T>) {
  return z
    .union([z.array(z.unknown()), anyObject])
    .transform((body) => list(entry).parse(Array.isArray(body) ? body : body[name]));
}

export const availableNumber: z.ZodType<AvailableNumber> = price.extend({
  phoneNumber,
  regionCode: text,
  type: text,
  capability: capabilities,
});

export const availableNumbers: z.ZodType<AvailableNumber[]> = listAnswer('availableNumbers', availableNumber);

const availableRegion: z.ZodType<AvailableRegion> = z.object({ regionCode: id, regionName: text, types: list(text) });

export const availableRegions: z.ZodType<AvailableRegion[]> = listAnswer('availableRegions', availableRegion);

const attachment: z.ZodType<RegistrationAttachment> = z.object({
  attachmentId: id,
  fileName: text,
  mimeType: text,
  documentType: text,
  uploadStatus: z.enum(['WAITING', 'COMPLETED', 'FAILED']).catch('WAITING'),
  createTime: time,
  updateTime: time,
});

/** An empty body is an empty registration. A bare `data` is from an earlier revision of Sinch's documentation. */
export const registration: z.ZodType<SinchRegistration> = anyObject.nullable().transform((body) => {
  const { requestDetails, data, attachments, logs } = body ?? {};
  return {
    requestDetails: anyObject.catch(data === undefined || data === null ? {} : { data }).parse(requestDetails),
    attachments: list(attachment).parse(attachments),
    logs: list(z.object({ message: z.string().min(1), createTime: time })).parse(logs),
  };
});

const provisioning = piece(z.object({ status: text, errorCodes: list(text), lastUpdatedTime: time }));

export const activeNumber: z.ZodType<ActiveNumber> = z.object({
  regionCode: text,
  type: text,
  expireAt: time,
  smsConfiguration: piece(z.object({ servicePlanId: text, campaignId: text, scheduledProvisioning: provisioning })),
  voiceConfiguration: piece(
    z.object({ type: text, appId: text, trunkId: text, serviceId: text, scheduledVoiceProvisioning: provisioning }),
  ),
});

const listedNumber: z.ZodType<ListedNumber> = z.object({ phoneNumber, callbackUrl: text });

export const activeNumbersPage: z.ZodType<ActiveNumbersPage> = anyObject.transform(
  ({ activeNumbers, nextPageToken }) => ({
    activeNumbers: list(listedNumber).parse(activeNumbers),
    nextPageToken: text.parse(nextPageToken),
  }),
);

export const callbackConfiguration: z.ZodType<CallbackConfiguration> = z.object({ projectId: text, hmacSecret: text });

/** Seconds. `expires_in` is optional in RFC 6749; Sinch sends about 3600. */
const DEFAULT_TOKEN_SECONDS = 300;

export const accessToken = z.object({
  access_token: z.string().min(1),
  expires_in: number.transform((value) => (value !== undefined && value > 0 ? value : DEFAULT_TOKEN_SECONDS)),
});

/**
 * For calls whose 2xx is the whole answer. Sinch documents no body: JSON, a word and nothing are accepted, a proxy's page is not.
 */
export const acknowledgement = z
  .unknown()
  .refine((body) => typeof body !== 'string' || !/^\s*</.test(body))
  .transform(() => null);
