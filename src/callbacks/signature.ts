import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header Sinch signs its callbacks in. */
export const SIGNATURE_HEADER = 'X-Sinch-Signature';

/**
 * Whether Sinch signed these very bytes: lower-case hex HMAC-SHA1 of the raw body with the project's `hmacSecret`.
 * To be asked before the body is parsed, and in constant time. Nothing in it says when: replays verify too.
 */
export function isSignedBySinch(secret: string, rawBody: Uint8Array, signature: string | undefined): boolean {
  const expected = Buffer.from(createHmac('sha1', secret).update(rawBody).digest('hex'));
  const given = Buffer.from(signature ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
