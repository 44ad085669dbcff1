import { createHash } from 'node:crypto';
import type { NumberOrderRequest } from '@number-orders/contract';

/**
 * Identifies a request without keeping it: sha256, lower-case hex, of the request without its KYC and its batch. The order of
 * fields does not matter.
 */
export function fingerprintOf(whole: NumberOrderRequest): string {
  const { registration: _kyc, attachments: _documents, batch: _batch, ...request } = whole;
  return createHash('sha256').update(canonicalJson(request)).digest('hex');
}

/** The same text for the same value, in any order of fields. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}
