import type { Readable } from 'node:stream';

/**
 * The shapes of Sinch's Number Order API (Numbers API 1.0.3), in its own names. Responses carry only what we rely on;
 * unknown fields are dropped on reading, and of optional ones what cannot be read. Times are RFC 3339 strings, amounts
 * decimal strings.
 */

export type NumberType = 'MOBILE' | 'LOCAL' | 'TOLL_FREE';
export type Capability = 'SMS' | 'VOICE';
export type SearchPattern = 'START' | 'CONTAINS' | 'END';

/** COMPLETED, REJECTED and EXPIRED are final. A state we do not know reads as `NUMBER_ORDER_STATE_UNSPECIFIED`. */
export type NumberOrderState =
  'NUMBER_ORDER_STATE_UNSPECIFIED' | 'CREATED' | 'IN_REVIEW' | 'BLOCKED' | 'COMPLETED' | 'REJECTED' | 'EXPIRED';

export interface Money {
  /** ISO 4217. */
  currencyCode: string;
  /** Decimal, for example `"1.50"`. */
  amount: string;
}

export interface NumberPrice {
  setupPrice?: Money | undefined;
  monthlyPrice?: Money | undefined;
  paymentIntervalMonths?: number | undefined;
}

export interface LookupNumberRequirementsRequest {
  /** ISO 3166-1 alpha-2. */
  regionCode: string;
  numberType: NumberType;
}

export interface RequiredAttachment {
  id: string;
  title: string;
  description: string;
  mandatory: boolean;
  /** Forms to fill in and hand back. */
  template: { name: string; url: string }[];
  /** Empty: any. */
  allowedMimeTypes: string[];
  /** When not empty, the upload's `documentType` must be one of them. */
  allowedDocumentTypes: string[];
}

export interface NumberRequirements {
  /** Free-form, as Sinch answered it; usually `{ schema, rules: [{ template }, …] }`. */
  fields: Record<string, unknown>;
  /** Always here, wherever in the answer Sinch put them. */
  attachments: RequiredAttachment[];
}

export interface SearchAvailableNumbersQuery {
  regionCode: string;
  numberType: NumberType;
  /** Matches the whole E.164 string: START needs `+1212`, not `212`. */
  pattern?: string | undefined;
  searchPattern?: SearchPattern | undefined;
  capabilities?: readonly Capability[] | undefined;
  /** How many to answer; there is one page only. */
  size?: number | undefined;
}

export interface AvailableNumber extends NumberPrice {
  /** E.164. */
  phoneNumber: string;
  regionCode?: string | undefined;
  type?: string | undefined;
  capability: string[];
}

export interface AvailableRegion {
  /** ISO 3166-1 alpha-2. */
  regionCode: string;
  /** English. */
  regionName?: string | undefined;
  /** Of number; empty where Sinch does not say. */
  types: string[];
}

export interface SmsConfiguration {
  servicePlanId: string;
  /** US only. */
  campaignId?: string | undefined;
}

export type VoiceConfiguration =
  { type: 'RTC'; appId: string } | { type: 'EST'; trunkId: string } | { type: 'FAX'; serviceId: string };

interface CreateNumberOrderBase {
  regionCode: string;
  numberType: NumberType;
  smsConfiguration?: SmsConfiguration | undefined;
  voiceConfiguration?: VoiceConfiguration | undefined;
  callbackUrl?: string | undefined;
}

/** Exactly one of `numberOrderOption` and `quantityOrderOption`. */
export type CreateNumberOrderRequest = CreateNumberOrderBase &
  (
    | {
        /** Exactly one number, E.164. */
        numberOrderOption: { phoneNumbers: [string] };
        quantityOrderOption?: undefined;
      }
    | {
        quantityOrderOption: {
          /** 1 to 100. */
          requestedQuantity: number;
          numberPattern?: { pattern: string; searchPattern?: SearchPattern | undefined } | undefined;
          sequential?: boolean | undefined;
          capabilities?: readonly Capability[] | undefined;
        };
        numberOrderOption?: undefined;
      }
  );

export interface OrderNumber {
  /** E.164. */
  phoneNumber: string;
  numberPrice?: NumberPrice | undefined;
  capabilities: string[];
}

export interface NumberOrder {
  idNumberOrder: string;
  state: NumberOrderState;
  /** Sinch's own word for a state that we do not know. */
  unknownState?: string | undefined;
  regionCode?: string | undefined;
  numberType?: string | undefined;
  orderNumbers: OrderNumber[];
  /** When the reservation lapses, 30 minutes to 48 hours after creation; Sinch may leave it null. */
  expireTime: string | null;
  createTime?: string | undefined;
  updateTime?: string | undefined;
}

/** KYC: personal data, never to be logged. */
export interface RegistrationDetails {
  /** Parallel to the requirements' `rules`, or whatever the region asks for. */
  data?: unknown;
  [field: string]: unknown;
}

/** Uploads are checked asynchronously: COMPLETED is to be awaited before submitting. A status we do not know reads as WAITING. */
export type UploadStatus = 'WAITING' | 'COMPLETED' | 'FAILED';

export interface RegistrationAttachment {
  attachmentId: string;
  fileName?: string | undefined;
  mimeType?: string | undefined;
  documentType?: string | undefined;
  uploadStatus: UploadStatus;
  createTime?: string | undefined;
  updateTime?: string | undefined;
}

export interface SinchRegistration {
  requestDetails: Record<string, unknown>;
  attachments: RegistrationAttachment[];
  /** The reviewers' feedback, oldest first. */
  logs: { message: string; createTime?: string | undefined }[];
}

export interface AttachmentUpload {
  attachmentId: string;
  fileName: string;
  mimeType: string;
  documentType?: string | undefined;
  /** Bytes; the content must have exactly as many. */
  size: number;
  /** Opens the content, read once and never held whole. Called again when the upload has to start over. */
  content: () => Readable | Promise<Readable>;
}

/** How far linking to a platform has come; gone from the answer once it is done. */
export interface ScheduledProvisioning {
  status?: string | undefined;
  errorCodes: string[];
  lastUpdatedTime?: string | undefined;
}

export interface ListActiveNumbersQuery {
  regionCode: string;
  numberType: NumberType;
  /** From the answer before. */
  pageToken?: string | undefined;
}

/** One page of the numbers that are bought. */
export interface ActiveNumbersPage {
  activeNumbers: ListedNumber[];
  /** Undefined: it is the last one. */
  nextPageToken?: string | undefined;
}

export interface ListedNumber {
  /** E.164. */
  phoneNumber: string;
  /** Where Sinch calls back about the number: as its order said. */
  callbackUrl?: string | undefined;
}

export interface ActiveNumber {
  regionCode?: string | undefined;
  type?: string | undefined;
  /** When the number leaves the project, set once it has been released. */
  expireAt?: string | undefined;
  smsConfiguration?:
    | {
        servicePlanId?: string | undefined;
        campaignId?: string | undefined;
        scheduledProvisioning?: ScheduledProvisioning | undefined;
      }
    | undefined;
  voiceConfiguration?:
    | {
        type?: string | undefined;
        appId?: string | undefined;
        trunkId?: string | undefined;
        serviceId?: string | undefined;
        scheduledVoiceProvisioning?: ScheduledProvisioning | undefined;
      }
    | undefined;
}

export interface CallbackConfiguration {
  projectId?: string | undefined;
  /** A secret: the key of the callbacks' signatures. */
  hmacSecret?: string | undefined;
}
