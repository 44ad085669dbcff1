import { z } from 'zod';

import type { ActiveFault } from './faults';
import { randomFrom } from './random';

export const randomFaultsSchema = z.strictObject({
  /** The probability of a fault for each request, including token requests. */
  probability: z.number().min(0).max(1),
  /** Makes the chances repeatable. */
  seed: z.number().int().default(1),
  /** Of STATUS. 400, 404 and 413 are not among them: those are verdicts on a request, not faults. */
  statuses: z.array(z.number().int().min(400).max(599)).min(1).default([401, 403, 429, 500, 502, 503, 504]),
  /** Of DELAY, real time. */
  longestDelayMs: z.number().nonnegative().default(1_500),
});

/** Any faults at all, as they are ordered; see `randomFaultsSchema` for what each field means. */
export type RandomFaultsOptions = z.input<typeof randomFaultsSchema>;

const EFFECTS = ['DELAY', 'STATUS', 'HTML', 'RESET', 'HANG'] as const;
const LONGEST_RETRY_AFTER_SECONDS = 3;

/** Faults of every kind the fake knows, each effect as likely as the others. */
export class RandomFaults {
  private readonly options: z.output<typeof randomFaultsSchema>;
  private readonly chance: () => number;

  constructor(options: RandomFaultsOptions) {
    this.options = randomFaultsSchema.parse(options);
    this.chance = randomFrom(this.options.seed);
  }

  /** The fault for the next request. */
  take(): ActiveFault | undefined {
    const { probability, statuses, longestDelayMs } = this.options;
    if (this.chance() >= probability) return undefined;
    const fault = { operation: '*', times: 1, probability: 1, seed: 1, delayMs: 0 } as const;
    const effect = this.oneOf(EFFECTS);
    switch (effect) {
      case 'DELAY':
        return { ...fault, effect, when: 'BEFORE', delayMs: this.chance() * longestDelayMs };
      case 'STATUS': {
        const status = this.oneOf(statuses);
        // Only these leave open what became of the request: an answer that refuses it is never a lie.
        if (status >= 500) return { ...fault, effect, status, when: this.when() };
        return { ...fault, effect, status, when: 'BEFORE', ...(status === 429 && this.retryAfter()) };
      }
      default:
        return { ...fault, effect, when: this.when() };
    }
  }

  private when(): 'BEFORE' | 'AFTER' {
    return this.oneOf(['BEFORE', 'AFTER']);
  }

  private retryAfter(): { retryAfter?: number | string } {
    const seconds = Math.ceil(this.chance() * LONGEST_RETRY_AFTER_SECONDS);
    const date = new Date(Date.now() + seconds * 1_000).toUTCString();
    return this.oneOf([{}, { retryAfter: seconds }, { retryAfter: date }]);
  }

  private oneOf<T>(choices: readonly [T, ...T[]] | readonly T[]): T {
    return choices[Math.floor(this.chance() * choices.length)] as T;
  }
}
