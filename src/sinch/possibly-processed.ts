/** How far a request is known to have come. */
export interface RequestFate {
  /**
   * False only when it is proved that not a byte of the request left: the connection (TCP, and TLS where it is used)
   * never came about.
   */
  sent: boolean;
  /** Of the answer, when there was one, readable or not. */
  status?: number | undefined;
}

/** Answers by which Sinch, or a proxy before it, refuses a request instead of carrying it out. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404, 409, 413, 429]);

/**
 * Was the request possibly processed? Asked of a call that failed: `false` proves that repeating it cannot do anything
 * twice. A refused connection, a DNS failure, a connect time-out and a failed TLS handshake prove it, and so do the
 * refusals above. A time-out or a reset after sending, a 5xx, and an answer nobody can read prove nothing. A reset of a
 * kept-alive connection usually means that Sinch had closed it idle, but that cannot be told from a reset in the midst
 * of processing.
 */
export function possiblyProcessed({ sent, status }: RequestFate): boolean {
  if (!sent) return false;
  return status === undefined || !REFUSALS.has(status);
}
