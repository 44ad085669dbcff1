import { createHmac, timingSafeEqual } from 'node:crypto';
import { REFERENCE_PATTERN } from '@number-orders/contract';

/** What a callback's path says, once its mac has been checked. */
export interface CallbackTarget {
  reference: string;
  /** Which attempt of the order: 1, and one more for each renewal or correction. */
  attempt: number;
}

/**
 * `<reference>/<attempt>/<mac>`, to be appended to `NUMBER_ORDERS_CALLBACK_URL`. The mac keeps paths from being guessed:
 * a callback's signature covers its body alone, so a captured one could otherwise be sent to any order.
 */
export function callbackPath(secret: string, reference: string, attempt: number): string {
  return `${reference}/${attempt}/${macOf(secret, reference, String(attempt))}`;
}

/**
 * The order a request path leads to, or undefined when it is not one of ours. Only the last three segments count: a
 * proxy may pass on the path of `NUMBER_ORDERS_CALLBACK_URL` or strip it.
 */
export function verifyCallbackPath(secret: string, path: string): CallbackTarget | undefined {
  const [reference = '', attempt = '', mac = ''] = path.split('/').slice(-3);
  if (!REFERENCE_PATTERN.test(reference) || !/^[1-9]\d{0,5}$/.test(attempt)) return undefined;
  const expected = Buffer.from(macOf(secret, reference, attempt));
  const given = Buffer.from(mac);
  const genuine = given.length === expected.length && timingSafeEqual(given, expected);
  return genuine ? { reference, attempt: Number(attempt) } : undefined;
}

/** 128 bits, base64url. The key is derived, so that no mac tells anything about signatures made with the secret itself. */
function macOf(secret: string, reference: string, attempt: string): string {
  const key = createHmac('sha256', secret).update('number-orders callback path').digest();
  return createHmac('sha256', key).update(`${reference}/${attempt}`).digest().subarray(0, 16).toString('base64url');
}
