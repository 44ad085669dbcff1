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

/**
 * These say that something is under way, not that it was refused. 408: the request did not arrive whole in time, says a
 * proxy that may have passed it on. 409: it conflicts with another, which may be this one's own twin. 499: given up
 * half-way (a gateway's word for gRPC's CANCELLED).
 */
const UNCLEAR: ReadonlySet<number> = new Set([408, 409, 499]);

/** Whether an answer refuses the request: nothing was processed. Every 4xx does, whoever gives it, but those above. */
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && !UNCLEAR.has(status);
}

/**
 * Was the request possibly processed? Asked of a call that failed: `false` proves that repeating it cannot do anything
 * twice. A refused connection, a DNS failure, a connect time-out and a failed TLS handshake prove it, and so does a
 * refusal. A time-out or a reset after sending, a redirect, a 5xx, and an answer nobody can read prove nothing. A reset of
 * a kept-alive connection usually means that Sinch had closed it idle, but that cannot be told from a reset in the midst
 * of processing.
 */
export function possiblyProcessed({ sent, status }: RequestFate): boolean {
  if (!sent) return false;
  return status === undefined || !isRefusal(status);
}
