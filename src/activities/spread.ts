import { createHash } from 'node:crypto';

/**
 * The number that an order tries first. A hash gives each order its own preferences, so that orders that search at once begin
 * with different numbers, and each keeps its preference.
 * @returns null: all were tried
 */
export function preferredNumber(available: string[], reference: string, tried: readonly string[] = []): string | null {
  const rank = (phoneNumber: string) => createHash('sha256').update(`${reference} ${phoneNumber}`).digest('hex');
  const ranked = available
    .filter((phoneNumber) => !tried.includes(phoneNumber))
    .map((phoneNumber) => ({ phoneNumber, rank: rank(phoneNumber) }));
  if (ranked.length === 0) return null;
  return ranked.reduce((best, each) => (each.rank < best.rank ? each : best)).phoneNumber;
}
