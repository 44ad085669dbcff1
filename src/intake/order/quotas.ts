import { RateLimiterMemory } from 'rate-limiter-flexible';

export interface QuotaSettings {
  /** Messages to one order in a day. */
  messages: number;
  /** Bytes of documents for one order in a day. */
  bytes: number;
  /** Requests from one sender in a minute. */
  requests: number;
}

const DAY_S = 86_400;
const MINUTE_S = 60;

/**
 * Keeps people with a link from exhausting an order's messages or the store, and strangers from guessing links. Each process
 * counts separately.
 */
export class Quotas {
  private readonly messages: RateLimiterMemory;
  private readonly bytes: RateLimiterMemory;
  private readonly requests: RateLimiterMemory;

  constructor(settings: QuotaSettings) {
    this.messages = new RateLimiterMemory({ points: settings.messages, duration: DAY_S });
    this.bytes = new RateLimiterMemory({ points: settings.bytes, duration: DAY_S });
    this.requests = new RateLimiterMemory({ points: settings.requests, duration: MINUTE_S });
  }

  mayRequest(sender: string): Promise<boolean> {
    return spend(this.requests, sender, 1);
  }

  mayTell(reference: string): Promise<boolean> {
    return spend(this.messages, reference, 1);
  }

  mayKeep(reference: string, bytes: number): Promise<boolean> {
    return spend(this.bytes, reference, bytes);
  }
}

async function spend(limiter: RateLimiterMemory, key: string, points: number): Promise<boolean> {
  return limiter.consume(key, points).then(
    () => true,
    () => false,
  );
}
