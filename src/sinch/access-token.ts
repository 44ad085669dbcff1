import { randomUUID } from 'node:crypto';
import { isSuccess, readAnswer } from './answers';
import { basic } from './authorization';
import type { Authorization } from './authorization';
import { failureOfTokenRequest } from './failed-call';
import { observed } from './observed';
import type { OnCall } from './observed';
import { accessToken } from './schemas';
import { TransportFailure } from './transport';
import type { HttpAnswer, Transport } from './transport';

/** A token is renewed this long before it expires, or a tenth of its lifetime if that is less: calls take time too. */
const MARGIN_MS = 60_000;

export interface AccessTokenOptions {
  authUrl: string;
  keyId: string;
  keySecret: string;
  userAgent: string;
  timeoutMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  onCall?: OnCall | undefined;
}

interface CachedToken {
  header: string;
  /** Milliseconds since the epoch. */
  renewAt: number;
}

/**
 * OAuth2 client credentials: one token for all callers, requested once however many wait (the endpoint allows a burst of about
 * 30), and renewed before it expires. A failure is thrown to all waiting callers and not cached.
 */
export class AccessToken implements Authorization {
  private cached: CachedToken | undefined;
  private pending: Promise<CachedToken> | undefined;

  constructor(
    private readonly transport: Transport,
    private readonly options: AccessTokenOptions,
  ) {}

  async header(): Promise<string> {
    if (this.cached && this.options.now() < this.cached.renewAt) return this.cached.header;
    this.pending ??= this.request().finally(() => (this.pending = undefined));
    this.cached = await this.pending;
    return this.cached.header;
  }

  refused(header: string): boolean {
    // Of many callers refused with the same token only the first discards it: the others use the new one.
    if (this.cached?.header === header) this.cached = undefined;
    return true;
  }

  private request(): Promise<CachedToken> {
    const { now, onCall } = this.options;
    const call = { operation: 'requestAccessToken', correlationId: randomUUID() };
    return observed(call, onCall, async () => {
      const askedAt = now();
      const outcome = await this.ask(call.correlationId);
      const answered = !(outcome instanceof TransportFailure);
      const token = answered && isSuccess(outcome) ? readAnswer(outcome, accessToken) : undefined;
      if (!answered || !token) throw failureOfTokenRequest(outcome, { ...call, now: now() });
      const lifeMs = token.expires_in * 1000;
      const renewAt = askedAt + lifeMs - Math.min(MARGIN_MS, lifeMs / 10);
      return { status: outcome.status, value: { header: `Bearer ${token.access_token}`, renewAt } };
    });
  }

  private async ask(correlationId: string): Promise<HttpAnswer | TransportFailure> {
    const { authUrl, keyId, keySecret, userAgent, timeoutMs } = this.options;
    try {
      return await this.transport.send({
        method: 'POST',
        url: authUrl,
        headers: {
          Authorization: basic(keyId, keySecret),
          'Content-Type': 'application/x-www-form-urlencoded',
          Accept: 'application/json',
          'User-Agent': userAgent,
          'X-Correlation-Id': correlationId,
        },
        body: 'grant_type=client_credentials',
        timeoutMs,
      });
    } catch (error) {
      if (error instanceof TransportFailure) return error;
      throw error;
    }
  }
}
