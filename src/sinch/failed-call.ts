import { z } from 'zod';
import { contentOf } from './answers';
import { isSinchsNotFound } from './not-found';
import { isRefusal, possiblyProcessed } from './possibly-processed';
import { retryAfterMs } from './retry-after';
import { SinchError } from './sinch-error';
import type { FieldViolation, SinchErrorType } from './sinch-error';
import { TransportFailure } from './transport';
import type { HttpAnswer } from './transport';

/** The call that failed. */
export interface FailedCall {
  operation: string;
  correlationId: string;
  /** Milliseconds since the epoch. */
  now: number;
}

/** The remedy for each type, as the message's last sentence. */
const REMEDIES: Record<SinchErrorType, string> = {
  SinchInvalidArgument: 'Correct what Sinch refuses; `violations` and `said` hold its own words.',
  SinchNotFound: 'Check the id, the project and the region.',
  SinchUnauthorized: 'Check the key id, the key secret, the project id and the rights of the key.',
  SinchTooLarge: 'Send a smaller file.',
  SinchRateLimited: 'Call again after the delay asked for.',
  SinchUnavailable: 'Call again later; if it goes on, check the URL, the network and status.sinch.com.',
};

/**
 * The failure for an answer other than 2xx.
 * @param reads whether the call is a read
 */
export function failureOfAnswer(answer: HttpAnswer, call: FailedCall, reads: boolean): SinchError {
  const { status } = answer;
  const body = jsonObjectIn(answer.body);
  const type = typeOf(status, { body, reads, operation: call.operation });
  return new SinchError(`${call.operation}: Sinch answered ${status}. ${REMEDIES[type]}`, {
    ...call,
    type,
    status,
    said: messageIn(body),
    violations: violationsIn(body),
    retryAfterMs: retryAfterMs(answer.retryAfter, call.now),
    possiblyProcessed: possiblyProcessed({ sent: true, status }),
  });
}

/** The failure for a 2xx whose body is not as documented. */
export function failureOfUnreadable({ status }: HttpAnswer, call: FailedCall): SinchError {
  const reason = `Sinch answered ${status} with a body that is not the documented JSON`;
  return new SinchError(`${call.operation}: ${reason}. ${REMEDIES.SinchUnavailable}`, {
    ...call,
    type: 'SinchUnavailable',
    status,
    possiblyProcessed: possiblyProcessed({ sent: true, status }),
  });
}

/** The failure for an id that is empty, `.` or `..`: the call has no URL. */
export function failureOfId(call: FailedCall): SinchError {
  return new SinchError(`${call.operation}: an id is empty, "." or "..". Use the id that Sinch returned.`, {
    ...call,
    type: 'SinchInvalidArgument',
    possiblyProcessed: false,
  });
}

/** The failure for a missing or incomplete answer. */
export function failureOfTransport({ code, sent, status }: TransportFailure, call: FailedCall): SinchError {
  const reason = sent ? 'Sinch sent no complete answer' : 'no connection to Sinch could be made';
  return new SinchError(`${call.operation}: ${reason} (${code}). ${REMEDIES.SinchUnavailable}`, {
    ...call,
    type: 'SinchUnavailable',
    status,
    possiblyProcessed: possiblyProcessed({ sent, status }),
  });
}

/**
 * The failure for any answer of the token endpoint other than a token. The call itself was not sent. Only refused credentials are
 * SinchUnauthorized; a 404 of a wrong URL must not count as the API's own.
 */
export function failureOfTokenRequest(outcome: HttpAnswer | TransportFailure, call: FailedCall): SinchError {
  const answered = !(outcome instanceof TransportFailure);
  const type = answered ? typeOfTokenAnswer(outcome.status) : 'SinchUnavailable';
  const reason = answered ? `the token endpoint answered ${outcome.status}` : `no token came (${outcome.code})`;
  return new SinchError(`${call.operation}: ${reason}. ${REMEDIES[type]}`, {
    ...call,
    type,
    status: outcome.status,
    retryAfterMs: answered ? retryAfterMs(outcome.retryAfter, call.now) : undefined,
    possiblyProcessed: false,
  });
}

interface AnswerTo {
  operation: string;
  reads: boolean;
  /** Set if it is a JSON object. */
  body: object | undefined;
}

/**
 * The meaning of an answer other than 2xx. Only Sinch itself can say "not found": a proxy's 404 must not mean "no requirements".
 * Any other refusal is permanent for a call that changes something, as it would be refused again. A read that a proxy refused
 * with its own page is retried.
 */
function typeOf(status: number, { body, reads, operation }: AnswerTo): SinchErrorType {
  if (status === 401 || status === 403) return 'SinchUnauthorized';
  if (status === 413) return 'SinchTooLarge';
  if (status === 429) return 'SinchRateLimited';
  if (status === 404) return isSinchsNotFound(body, operation) ? 'SinchNotFound' : 'SinchUnavailable';
  if (status === 409 || isRefusal(status)) return body || !reads ? 'SinchInvalidArgument' : 'SinchUnavailable';
  return 'SinchUnavailable';
}

function typeOfTokenAnswer(status: number): SinchErrorType {
  // RFC 6749 answers invalid_client with 400 or 401.
  if (status === 400 || status === 401 || status === 403) return 'SinchUnauthorized';
  return status === 429 ? 'SinchRateLimited' : 'SinchUnavailable';
}

/** Enough to correct a registration, and a bound on what an order must keep. */
const VIOLATIONS_KEPT = 100;
const VIOLATION_CHARACTERS = 1_000;

const bounded = z.string().transform((text) => text.slice(0, VIOLATION_CHARACTERS));
const errorMessage = z.object({ error: z.object({ message: bounded }) });
const violation = z.object({ field: bounded, description: bounded.catch('') });
const errorBody = z.object({
  error: z.object({
    details: z.array(z.object({ fieldViolations: z.array(z.unknown()).catch([]) }).catch({ fieldViolations: [] })),
  }),
});

function messageIn(body: object | undefined): string | undefined {
  return errorMessage.safeParse(body).data?.error.message || undefined;
}

function violationsIn(body: object | undefined): FieldViolation[] {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return [];
  return parsed.data.error.details
    .flatMap((detail) => detail.fieldViolations)
    .slice(0, VIOLATIONS_KEPT)
    .flatMap((entry) => violation.safeParse(entry).data ?? []);
}

function jsonObjectIn(body: string): object | undefined {
  const value = contentOf(body);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}
