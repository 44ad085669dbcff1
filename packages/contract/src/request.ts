export const NUMBER_TYPES = ['MOBILE', 'LOCAL', 'TOLL_FREE'] as const;
export type NumberType = (typeof NUMBER_TYPES)[number];

export const SEARCH_PATTERNS = ['START', 'CONTAINS', 'END'] as const;
export type SearchPattern = (typeof SEARCH_PATTERNS)[number];

export const CAPABILITIES = ['SMS', 'VOICE'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** The criteria of a search. A `pattern` matches the full E.164 string: START needs `+1212`, not `212`. */
export interface NumberSearch {
  /** @pattern ^\+?\d{1,15}$ */
  pattern?: string;
  searchPattern?: SearchPattern;
  capabilities?: Capability[];
}

export interface NumberQuantity extends NumberSearch {
  /**
   * 1 when left out.
   * @asType integer
   * @minimum 1
   * @maximum 100
   */
  requestedQuantity?: number;
  sequential?: boolean;
}

/** Exactly one of: this number (E.164), the first available one of a search, or a quantity chosen by Sinch. */
export type Selection =
  | {
      /** @pattern ^\+[1-9]\d{6,14}$ */
      phoneNumber: string;
    }
  | { search: NumberSearch }
  | { quantity: NumberQuantity };

export interface SmsConfiguration {
  servicePlanId: string;
  /** US only. */
  campaignId?: string;
}

export type VoiceConfiguration =
  { type: 'RTC'; appId: string } | { type: 'EST'; trunkId: string } | { type: 'FAX'; serviceId: string };

/**
 * Anywhere in a registration, this text becomes the reserved number when it is sent. For several numbers, a list whose only
 * object has it becomes one object for each number.
 */
export const ORDERED_NUMBER = '$orderedNumber';

/** KYC fields: `data` becomes `requestDetails.data`; `requestDetails` is sent as it is. Exactly one of the two. */
export type Registration = { data: unknown } | { requestDetails: Record<string, unknown> };

/** A document in the attachment store. Its bytes never enter a message. */
export interface Attachment {
  /** The `id` of an attachment, as looked up. */
  attachmentId: string;
  /**
   * `<reference>/<sha256>` in the attachment store.
   * @pattern ^[^/]+/[0-9a-f]{64}$
   */
  key: string;
  fileName: string;
  mimeType: string;
  /**
   * Bytes.
   * @asType integer
   * @minimum 1
   */
  size: number;
  /**
   * Lower-case hex.
   * @pattern ^[0-9a-f]{64}$
   */
  sha256: string;
  /** One of the requirement's `allowedDocumentTypes`, if it lists any. */
  documentType?: string;
}

/** The highest price of one number. At least one of the two amounts; decimal strings, such as `1.50`. */
export interface PriceLimit {
  /**
   * ISO 4217, upper case. A price in another currency counts as too high.
   * @pattern ^[A-Z]{3}$
   */
  currencyCode: string;
  /** @pattern ^\d{1,12}(\.\d{1,6})?$ */
  setup?: string;
  /** @pattern ^\d{1,12}(\.\d{1,6})?$ */
  monthly?: string;
}

/** The first argument of the workflow `numberOrder`. */
export interface NumberOrderRequest {
  /**
   * The caller's own unique key; never personal data.
   * @pattern ^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$
   */
  reference: string;
  /**
   * ISO 3166-1 alpha-2, upper case.
   * @pattern ^[A-Z]{2}$
   */
  regionCode: string;
  numberType: NumberType;
  selection: Selection;
  smsConfiguration?: SmsConfiguration;
  voiceConfiguration?: VoiceConfiguration;
  /** Ids of optional attachments to wait for as well as the mandatory ones. */
  expectedAttachments?: string[];
  /** KYC that is known at the start. */
  registration?: Registration;
  attachments?: Attachment[];
  /** `renew`: reserve again and re-apply the KYC collected so far. `end` when left out. */
  onExpiry?: 'end' | 'renew';
  /**
   * 3 when left out.
   * @asType integer
   * @minimum 0
   * @maximum 100
   */
  maxRenewals?: number;
  /** `correct`: wait for corrected KYC, then order again. `end` when left out. */
  onRejection?: 'end' | 'correct';
  /**
   * 2 when left out.
   * @asType integer
   * @minimum 0
   * @maximum 100
   */
  maxCorrections?: number;
  /** Such as `7 days` (the default), `36 hours`, `90 minutes`. */
  correctionWindow?: string;
  /** Where to post notifications: https, with a host that operators have listed. */
  notificationUrl?: string;
  /** No number above it is reserved or submitted. No limit when left out. */
  priceLimit?: PriceLimit;
  /**
   * The KYC profile that supplies the fitting KYC that no one has sent.
   * @pattern ^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$
   */
  kycProfile?: string;
  /**
   * The batch it belongs to, which is told of its end. Not part of the fingerprint.
   * @pattern ^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$
   */
  batch?: string;
  /**
   * Which of the fleet's Sinch projects; the default one when left out.
   * @pattern ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$
   */
  project?: string;
}

/** The defaults of a request. */
export const REQUEST_DEFAULTS = {
  requestedQuantity: 1,
  onExpiry: 'end',
  maxRenewals: 3,
  onRejection: 'end',
  maxCorrections: 2,
  correctionWindow: '7 days',
} as const;
