import type { Readable } from 'node:stream';

/**
 * The shapes of Sinch's Number Order API (Numbers API 1.0.3), in its own names. Responses have only the fields we rely on;
 * unknown fields and unreadable optional ones are dropped. Times are RFC 3339 strings, amounts decimal strings.
 */

export type NumberType = 'MOBILE' | 'LOCAL' | 'TOLL_FREE';
export type Capability = 'SMS' | 'VOICE';
export type SearchPattern = 'START' | 'CONTAINS' | 'END';

/** COMPLETED, REJECTED and EXPIRED are final. An unknown state reads as `NUMBER_ORDER_STATE_UNSPECIFIED`. */
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
  /** Always set, wherever Sinch put them in the answer. */
  attachments: RequiredAttachment[];
}

export interface SearchAvailableNumbersQuery {
  regionCode: string;
  numberType: NumberType;
  /** Matches the whole E.164 string: START needs `+1212`, not `212`. */
  pattern?: string | undefined;
  searchPattern?: SearchPattern | undefined;
  capabilities?: readonly Capability[] | undefined;
  /** The size of the page; there is only one. */
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
  /** Types of number; empty if Sinch tells none. */
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
  /** An unknown state, as Sinch names it. */
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
  /** Parallel to the requirements' `rules`, or in the region's own form. */
  data?: unknown;
  [field: string]: unknown;
}

/** Uploads are checked asynchronously: wait for COMPLETED before submitting. An unknown status reads as WAITING. */
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
  /** Opens the content, which is read once and never held whole. Called again if the upload is restarted. */
  content: () => Readable | Promise<Readable>;
}

/** The state of linking to a platform; absent once it is done. */
export interface ScheduledProvisioning {
  status?: string | undefined;
  errorCodes: string[];
  lastUpdatedTime?: string | undefined;
}

export interface ListActiveNumbersQuery {
  regionCode: string;
  numberType: NumberType;
  /** From the previous answer. */
  pageToken?: string | undefined;
}

/** One page of the numbers that are bought. */
export interface ActiveNumbersPage {
  activeNumbers: ListedNumber[];
  /** Undefined: this is the last page. */
  nextPageToken?: string | undefined;
}

export interface ListedNumber {
  /** E.164. */
  phoneNumber: string;
  /** The callback URL of the number, as set by its order. */
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
