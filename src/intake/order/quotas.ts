import { RateLimiterMemory } from 'rate-limiter-flexible';

export interface QuotaSettings {
  /** Messages that one order is told of in a day. */
  messages: number;
  /** Bytes of documents that one order is sent in a day. */
  bytes: number;
  /** Requests of one sender in a minute. */
  requests: number;
}

const DAY_S = 86_400;
const MINUTE_S = 60;

/**
 * Keeps those who have a link from filling an order's messages, or the store, and strangers from trying links. Each process
 * counts for itself.
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
