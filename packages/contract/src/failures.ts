/**
 * The failure registry: every `ApplicationFailure.type` an order or one of its activities can carry. A test compares
 * docs/errors.md with it.
 */
export const FAILURES = {
  InvalidRequest: { retried: 'no', meaning: 'The order request itself is malformed.' },
  SinchInvalidArgument: {
    retried: 'no',
    meaning: 'Sinch answered 400, or another 4xx that is not listed here; details carry its words.',
  },
  SinchNotFound: { retried: 'no', meaning: 'Sinch itself answered 404.' },
  SinchUnauthorized: {
    retried: 'after one token refresh: no before a reservation, slowly after it',
    meaning: 'Sinch answered 401 or 403.',
  },
  SinchTooLarge: { retried: 'no', meaning: 'Sinch answered 413.' },
  SinchRateLimited: { retried: 'yes, after Retry-After', meaning: 'Sinch answered 429.' },
  SinchUnavailable: {
    retried: 'yes',
    meaning: 'Sinch answered 5xx or something unreadable, or could not be reached.',
  },
  SinchOutcomeUnknown: { retried: 'never blindly', meaning: 'The request may or may not have been processed.' },
  SinchProjectUnknown: {
    retried: 'yes, every minute',
    meaning: "The worker has no settings of the order's Sinch project; nothing was sent.",
  },
  AttachmentUnreadable: {
    retried: 'no',
    meaning: 'The document is missing from the store, or its size or sha256 differ.',
  },
  NotYet: { retried: 'yes, at the poll interval', meaning: 'Sinch is still working on it. Benign.' },
  NotificationRefused: {
    retried: 'no',
    meaning: 'A notification will never be delivered: its URL is not allowed, or its receiver is gone.',
  },
} as const satisfies Record<string, { retried: string; meaning: string }>;

export type FailureType = keyof typeof FAILURES;

/** First entry of an `ApplicationFailure`'s details. May echo KYC in Sinch's words: details are encrypted, messages are not. */
export interface FailureDetails {
  violations: { field: string; description: string }[];
  /** Sinch's own message. */
  said?: string;
  /** The HTTP status, when there was an answer. */
  status?: number;
  /** How long Sinch asked to wait. */
  retryAfterMs?: number;
  /** Nothing was sent now: the order may have made this call before, in a lost history. */
  earlier?: true;
}
