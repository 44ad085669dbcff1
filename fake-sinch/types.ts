/** The words of Sinch's Number Order API as the fake keeps them. Times are milliseconds since the epoch until they are answered. */

export const NUMBER_TYPES = ['MOBILE', 'LOCAL', 'TOLL_FREE'] as const;
export type NumberType = (typeof NUMBER_TYPES)[number];

export const ORDER_STATES = ['CREATED', 'IN_REVIEW', 'BLOCKED', 'COMPLETED', 'REJECTED', 'EXPIRED'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export type Capability = 'SMS' | 'VOICE';
export type SearchPattern = 'START' | 'CONTAINS' | 'END';
export type UploadStatus = 'WAITING' | 'COMPLETED' | 'FAILED';

export interface Money {
  currencyCode: string;
  amount: string;
}

export interface SmsConfiguration {
  servicePlanId: string;
  campaignId?: string | undefined;
}

export type VoiceConfiguration =
  { type: 'RTC'; appId: string } | { type: 'EST'; trunkId: string } | { type: 'FAX'; serviceId: string };

export interface RequiredAttachment {
  id: string;
  title: string;
  description: string;
  mandatory: boolean;
  template: { name: string; url: string }[];
  allowedMimeTypes: string[];
  allowedDocumentTypes: string[];
}

/** `attachments` may stand inside `fields` instead: Sinch's own texts disagree, so the fake answers both ways. */
export interface NumberRequirements {
  fields: unknown;
  attachments?: RequiredAttachment[] | undefined;
}

/** What was uploaded, without its bytes. */
export interface Attachment {
  attachmentId: string;
  fileName: string;
  mimeType: string;
  documentType?: string | undefined;
  uploadStatus: UploadStatus;
  createTime: number;
  updateTime: number;
  size: number;
  sha256: string;
  uploads: number;
}

/** ASK: the reviewers ask for something in the log, and the order stays IN_REVIEW. */
export type Verdict = 'APPROVE' | 'REJECT' | 'ASK' | 'BLOCK' | 'BLOCK_THEN_APPROVE' | 'STUCK';
export type Linking = 'SUCCEED' | 'FAIL' | 'STUCK';

/** What the control asked to happen to an order; what is left out follows the magic values and the settings. */
export interface OrderPlan {
  /** One verdict for each review of the order, first to last. */
  review?: Verdict[] | undefined;
  /** What the reviewers write into the log, in place of the fake's own words. */
  message?: string | undefined;
  sms?: Linking | undefined;
  voice?: Linking | undefined;
  /** Why the linking of SMS fails; `SMS_PROVISIONING_FAILED` when left out. Any other is told as the campaign's. */
  smsErrorCodes?: string[] | undefined;
  /** The length of the reservation, of the next order alone. */
  reservationSeconds?: number | undefined;
}

export interface Order {
  idNumberOrder: string;
  regionCode: string;
  numberType: NumberType;
  state: OrderState;
  phoneNumbers: string[];
  smsConfiguration?: SmsConfiguration | undefined;
  voiceConfiguration?: VoiceConfiguration | undefined;
  callbackUrl?: string | undefined;
  createTime: number;
  updateTime: number;
  expireTime: number;
  requestDetails?: Record<string, unknown> | undefined;
  attachments: Map<string, Attachment>;
  logs: { message: string; createTime: number }[];
  /** The reviewers wait for an answer while the order is IN_REVIEW. */
  asked: boolean;
  /** The state that the order reports until it changes, such as an unknown one. */
  shownState?: string | undefined;
  plan: OrderPlan;
  /** The numbers of the order that were bought and then released. */
  released: Set<string>;
  /** Counts the reviews begun, so that a verdict of an earlier one does nothing. */
  reviews: number;
  /** A vanished order answers 404, as if Sinch had lost it. */
  vanished: boolean;
  submits: number;
  submitAttempts: number;
  registrationPuts: number;
}
