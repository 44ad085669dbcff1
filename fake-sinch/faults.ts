import { z } from 'zod';

import { randomFrom } from './random';
import { RandomFaults, type RandomFaultsOptions } from './random-faults';

export const OPERATIONS = [
  'token',
  'lookupNumberRequirements',
  'searchAvailableNumbers',
  'getAvailableNumber',
  'listAvailableRegions',
  'createNumberOrder',
  'getNumberOrder',
  'updateRegistration',
  'getRegistration',
  'uploadAttachment',
  'submit',
  'listActiveNumbers',
  'getActiveNumber',
  'releaseNumber',
  'getCallbackConfiguration',
  'updateCallbackConfiguration',
] as const;
export type Operation = (typeof OPERATIONS)[number];

const faultFields = z.strictObject({
  /** `*` is every operation, the token endpoint aside. */
  operation: z.enum([...OPERATIONS, '*']),
  /**
   * DELAY answers as usual, only later; STATUS answers an error in Sinch's shape; HTML answers as a proxy would;
   * ANSWER answers with `status`, `body` and `contentType`; RESET breaks the connection; HANG never answers.
   */
  effect: z.enum(['DELAY', 'STATUS', 'HTML', 'ANSWER', 'RESET', 'HANG']),
  /** Whether the request is processed before it goes wrong. What is refused then stays refused where the effect is ANSWER. */
  when: z.enum(['BEFORE', 'AFTER']).default('BEFORE'),
  /** Of STATUS (500 when left out), HTML (503) and ANSWER (200). */
  status: z.number().int().min(200).max(599).optional(),
  /** Of ANSWER: a text as it stands, anything else as JSON; no body at all when left out. */
  body: z.json().optional(),
  /** Of ANSWER: `text/plain` for a text and `application/json` for the rest when left out. */
  contentType: z.string().optional(),
  /** Sent as the Retry-After header: seconds, or an HTTP date. */
  retryAfter: z.union([z.number().int().nonnegative(), z.string()]).optional(),
  /** Real time, before anything else happens. */
  delayMs: z.number().nonnegative().default(0),
  /** How many requests it applies to. */
  times: z.union([z.number().int().positive(), z.literal('ALWAYS')]).default(1),
  /** The probability for each request. */
  probability: z.number().min(0).max(1).default(1),
  /** Makes the chances repeatable. */
  seed: z.number().int().default(1),
});

export const faultSchema = faultFields.refine(({ effect, status = 500 }) => status >= 400 || effect === 'ANSWER', {
  path: ['status'],
  message: 'must be 400 or above, except for ANSWER',
});

/** A fault as it is ordered; see `faultSchema` for what each field means. */
export type Fault = z.input<typeof faultSchema>;
export type ActiveFault = z.output<typeof faultSchema>;

/** Such as `HANG AFTER` or `STATUS 429 BEFORE`. */
export function kindOf({ effect, status, when }: ActiveFault): string {
  return effect === 'DELAY' ? effect : [effect, status, when].filter(Boolean).join(' ');
}

/** The requested faults: the first one that matches a request applies to it. Otherwise a random one may. */
export class Faults {
  #waiting: { fault: ActiveFault; left: number; chance: () => number }[] = [];
  #random: RandomFaults | undefined;

  add(fault: Fault): void {
    const parsed = faultSchema.parse(fault);
    const left = parsed.times === 'ALWAYS' ? Infinity : parsed.times;
    this.#waiting.push({ fault: parsed, left, chance: randomFrom(parsed.seed) });
  }

  /** From here on, until cleared; in place of those at random so far. */
  atRandom(options: RandomFaultsOptions): void {
    this.#random = new RandomFaults(options);
  }

  clear(): void {
    this.#waiting = [];
    this.#random = undefined;
  }

  /** The fault for this request, which is then spent once. */
  take(operation: Operation): ActiveFault | undefined {
    const hit = this.#waiting.find(({ fault, chance }) => {
      const fits = fault.operation === operation || (fault.operation === '*' && operation !== 'token');
      return fits && chance() < fault.probability;
    });
    if (!hit) return this.#random?.take();
    hit.left -= 1;
    this.#waiting = this.#waiting.filter(({ left }) => left > 0);
    return hit.fault;
  }
}
