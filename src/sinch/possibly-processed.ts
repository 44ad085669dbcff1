/** What is known about a failed request. */
export interface RequestFate {
  /** False only if provably no byte of the request was sent: the connection (TCP, and TLS if used) was never made. */
  sent: boolean;
  /** The answer's status, if there was one, readable or not. */
  status?: number | undefined;
}

/**
 * These mean that something may be in progress, not that it was refused. 408: the request timed out at a proxy that may have
 * passed it on. 409: it conflicts with another request, which may be its own duplicate. 499: cancelled in progress (a gateway's
 * status for gRPC's CANCELLED).
 */
const UNCLEAR: ReadonlySet<number> = new Set([408, 409, 499]);

/** Whether an answer refuses the request, so that nothing was processed. Every 4xx does, except those above. */
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && !UNCLEAR.has(status);
}

/**
 * Was a failed request possibly processed? `false` proves that repeating it cannot do anything twice. A refused connection, a DNS
 * failure, a connect time-out and a failed TLS handshake prove it, and so does a refusal. A time-out or reset after sending, a
 * redirect, a 5xx and an unreadable answer prove nothing. A reset of a kept-alive connection usually means that Sinch had closed
 * it as idle, but that cannot be told from a reset during processing.
 */
export function possiblyProcessed({ sent, status }: RequestFate): boolean {
  if (!sent) return false;
  return status === undefined || !isRefusal(status);
}
