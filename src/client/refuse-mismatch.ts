import { FINGERPRINT_MEMO, type NumberOrderRequest } from '@number-orders/contract';
import { isUndecodable } from '../data-converter';
import { RequestMismatchError, UndecodableAnswerError } from './errors';
import { fingerprintOf } from './fingerprint';
import type { TemporalCalls } from './temporal-calls';

/**
 * Returns the description of the request's order. An order that was started by other means has no fingerprint to compare.
 * @throws {RequestMismatchError} when the order has another request
 */
export async function refuseMismatch(calls: TemporalCalls, request: NumberOrderRequest) {
  const description = await calls.handle(request.reference).describe();
  const fingerprint = description.memo?.[FINGERPRINT_MEMO];
  if (isUndecodable(fingerprint)) throw new UndecodableAnswerError(request.reference);
  if (fingerprint !== undefined && fingerprint !== fingerprintOf(request)) {
    throw new RequestMismatchError(request.reference);
  }
  return description;
}
