import { createHash } from 'node:crypto';
import type { NumberOrderRequest } from '@number-orders/contract';

/**
 * Tells two requests apart without keeping either: sha256, lower-case hex, over the request without its KYC. The order of
 * fields does not matter.
 */
export function fingerprintOf({ registration: _kyc, attachments: _documents, ...request }: NumberOrderRequest): string {
  return createHash('sha256').update(canonicalJson(request)).digest('hex');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}
