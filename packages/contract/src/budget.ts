import { LIMITS } from './limits';

const KIB = 1024;

/**
 * The size of an order's state, each part in bytes of JSON. Messages and Sinch's answers are refused or clipped to it on arrival.
 * The sum is what one run passes to the next, in one command:
 *
 *     24 + 257 + 300 + 204 + 40 + 192 + 12 + 64 + 64 + 32 + 104 + 128 + 16 + 28 + 16 + 24 = 1,505 KiB,
 *
 * and the request once more: 1,529 KiB. Temporal's limit is 2,048 KiB.
 */
export const ORDER_BYTES = {
  /** Without its KYC. */
  request: 24 * KIB,
  /** As limited by the contract, and its state. */
  registration: LIMITS.registrationBytes + KIB,
  /** Each may also keep an earlier one that Sinch accepted. */
  attachments: LIMITS.attachments * 2 * 3 * KIB,
  /** Real ones are a few thousand bytes. */
  requirements: 204 * KIB,
  /** The current one, with a price for each of at most 100 numbers. */
  reservation: 40 * KIB,
  /** The outcomes of earlier ones, including unconfirmed ones. */
  reservations: 192 * KIB,
  /** Numbers that a search has tried. */
  reserving: 12 * KIB,
  reviewLog: 64 * KIB,
  /** The links of each number to SMS and voice. */
  provisioning: 64 * KIB,
  violations: 32 * KIB,
  notices: 104 * KIB,
  /** Notifications that are not delivered yet. */
  undelivered: 128 * KIB,
  compensations: 16 * KIB,
  seenEvents: 28 * KIB,
  waived: 16 * KIB,
  /** Policy, cancel, counters and flags. */
  rest: 24 * KIB,
} as const;
