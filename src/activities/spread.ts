import { createHash } from 'node:crypto';

/**
 * The number that an order tries first. Each order has an order of preference of its own, by a hash, so that those that
 * search at once begin with different numbers, and prefer the same one whenever they look.
 * @returns null: there is none that it has not tried
 */
export function preferredNumber(available: string[], reference: string, tried: readonly string[] = []): string | null {
  const rank = (phoneNumber: string) => createHash('sha256').update(`${reference} ${phoneNumber}`).digest('hex');
  const ranked = available
    .filter((phoneNumber) => !tried.includes(phoneNumber))
    .map((phoneNumber) => ({ phoneNumber, rank: rank(phoneNumber) }));
  if (ranked.length === 0) return null;
  return ranked.reduce((best, each) => (each.rank < best.rank ? each : best)).phoneNumber;
}
