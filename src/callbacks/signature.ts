import { createHmac, timingSafeEqual } from 'node:crypto';

/** The header Sinch signs its callbacks in. */
export const SIGNATURE_HEADER = 'X-Sinch-Signature';

/**
 * Whether Sinch signed exactly these bytes: lower-case hex HMAC-SHA1 of the raw body with the project's `hmacSecret`. Checked
 * before the body is parsed, in constant time. It has no timestamp: replays verify too.
 */
export function isSignedBySinch(secret: string, rawBody: Uint8Array, signature: string | undefined): boolean {
  const expected = Buffer.from(createHmac('sha1', secret).update(rawBody).digest('hex'));
  const given = Buffer.from(signature ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
