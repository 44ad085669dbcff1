/** The failures of the public registry that a call to Sinch can end with. */
export type SinchErrorType =
  | 'SinchInvalidArgument'
  | 'SinchNotFound'
  | 'SinchUnauthorized'
  | 'SinchTooLarge'
  | 'SinchRateLimited'
  | 'SinchUnavailable';

/** Sinch's violation of a field. The description can echo KYC: it is for the sender, never for logs. */
export interface FieldViolation {
  field: string;
  description: string;
}

export interface SinchErrorDetails {
  type: SinchErrorType;
  operation: string;
  correlationId: string;
  possiblyProcessed: boolean;
  status?: number | undefined;
  violations?: FieldViolation[] | undefined;
  said?: string | undefined;
  retryAfterMs?: number | undefined;
}

/**
 * Thrown by every method of the client when Sinch refuses a request, cannot be reached, or sends an unreadable answer. The
 * message is ours, and has nothing from the request or the answer.
 */
export class SinchError extends Error {
  override readonly name = 'SinchError';
  readonly type: SinchErrorType;
  /** The client's method, or `requestAccessToken` when it failed there. */
  readonly operation: string;
  /** Sent as `X-Correlation-Id`. */
  readonly correlationId: string;
  /** False only if Sinch provably did not carry out the request: repeating it is safe. */
  readonly possiblyProcessed: boolean;
  /** HTTP status, when there was an answer. */
  readonly status: number | undefined;
  /** The delay Sinch asked for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  declare readonly violations: FieldViolation[];
  /** Sinch's own message, if any. Like the violations it can echo KYC. */
  declare readonly said: string | undefined;

  constructor(message: string, details: SinchErrorDetails) {
    super(message);
    this.type = details.type;
    this.operation = details.operation;
    this.correlationId = details.correlationId;
    this.possiblyProcessed = details.possiblyProcessed;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    // Loggers and console.log print an error's enumerable fields, and Sinch's texts can echo KYC.
    Object.defineProperties(this, {
      violations: { value: details.violations ?? [], enumerable: false },
      said: { value: details.said, enumerable: false },
    });
  }
}
