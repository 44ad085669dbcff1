import { LIMITS } from './limits';

const KIB = 1024;

/**
 * What an order holds, each part in bytes of JSON: whatever is sent, however often, and whatever Sinch answers, it is refused or
 * clipped to this where it comes in. Together it is what one run hands on to the next, in one command:
 *
 *     24 + 257 + 300 + 204 + 40 + 192 + 12 + 64 + 64 + 32 + 104 + 128 + 16 + 28 + 16 + 24 = 1,505 KiB,
 *
 * and the request once more, 1,529 KiB, where Temporal takes 2,048 KiB.
 */
export const ORDER_BYTES = {
  /** Without its KYC. */
  request: 24 * KIB,
  /** As the contract bounds it, and its state. */
  registration: LIMITS.registrationBytes + KIB,
  /** Each may have one beside it that Sinch took before. */
  attachments: LIMITS.attachments * 2 * 3 * KIB,
  /** Real ones are a few thousand bytes. */
  requirements: 204 * KIB,
  /** The current one, with a price for each of at most 100 numbers. */
  reservation: 40 * KIB,
  /** What became of earlier ones, unconfirmed ones included. */
  reservations: 192 * KIB,
  /** Numbers that a search has tried. */
  reserving: 12 * KIB,
  reviewLog: 64 * KIB,
  /** For each number its way to SMS and to voice. */
  provisioning: 64 * KIB,
  violations: 32 * KIB,
  notices: 104 * KIB,
  /** Notifications that have not arrived. */
  undelivered: 128 * KIB,
  compensations: 16 * KIB,
  seenEvents: 28 * KIB,
  waived: 16 * KIB,
  /** Policy, cancel, counters and flags. */
  rest: 24 * KIB,
} as const;
