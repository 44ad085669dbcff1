import { Agent } from 'node:https';
import type { Readable } from 'node:stream';
import axios, { isAxiosError } from 'axios';
import { Webhook } from 'standardwebhooks';
import { allowedUrl } from './allowed-url';
import { NotificationRefusedError, type Notification, type Notifier } from './notifier';
import { AddressNotPublicError, publicAddressesOnly } from './public-address';

export interface WebhookNotifierOptions {
  /** The secret that receivers verify with: `whsec_` and the base64 of 24 to 64 random bytes, as in Standard Webhooks. */
  secret: string;
  /** `host`, or `host:port` for a port other than 443. */
  allowedHosts: readonly string[];
  userAgent: string;
  /** The time-out of a whole delivery, from the lookup to the response. */
  timeoutMs?: number;
  /** The `source` of the CloudEvents: a URI reference that names this service. */
  source?: string;
  /** Replaces the agent that connects only to public addresses. For tests, whose receivers are on loopback. */
  agent?: Agent;
}

/** Posts notifications as CloudEvents 1.0, signed according to Standard Webhooks. */
export class WebhookNotifier implements Notifier {
  readonly #options: Required<WebhookNotifierOptions>;
  readonly #webhook: Webhook;

  /** @throws {Error} when the secret is not one of Standard Webhooks. */
  constructor(options: WebhookNotifierOptions) {
    this.#webhook = webhookOf(options.secret);
    this.#options = {
      timeoutMs: 10_000,
      source: 'number-orders',
      // No keep-alive: the address is checked on connection, so every delivery opens its own.
      agent: new Agent({ keepAlive: false, lookup: publicAddressesOnly }),
      ...options,
    };
  }

  /** @throws {NotificationRefusedError} */
  async notify(notification: Notification): Promise<void> {
    const url = allowedUrl(notification.url, this.#options.allowedHosts);
    const status = await this.#post(url, notification.id, this.#cloudEvent(notification));
    if (status >= 200 && status < 300) return;
    // Standard Webhooks: a receiver that answers 410 wants no more of it.
    if (status === 410) throw new NotificationRefusedError(`${url.host} answered 410: it wants no notifications`);
    throw new Error(`${url.host} answered ${status}`);
  }

  #cloudEvent({ id, type, time, reference, data }: Notification): string {
    return JSON.stringify({
      specversion: '1.0',
      id,
      source: this.#options.source,
      type,
      time,
      ...(reference && { subject: reference }),
      datacontenttype: 'application/json',
      data,
    });
  }

  /** Returns the response's status. Errors name only the host: axios's own carry the URL and the body. */
  async #post(url: URL, id: string, body: string): Promise<number> {
    const { agent, timeoutMs, userAgent } = this.#options;
    const now = new Date();
    try {
      const { status, data } = await axios.post<Readable>(url.href, body, {
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'user-agent': userAgent,
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
          'webhook-signature': this.#webhook.sign(id, now, body),
        },
        httpsAgent: agent,
        // A proxy would do the lookup itself, and could reach private addresses.
        proxy: false,
        maxRedirects: 0,
        validateStatus: () => true,
        // The response's body is not needed, so it is never read.
        responseType: 'stream',
        signal: AbortSignal.timeout(timeoutMs),
      });
      data.destroy();
      return status;
    } catch (error) {
      throw withoutUrl(error, url.host, timeoutMs);
    }
  }
}

function withoutUrl(error: unknown, host: string, timeoutMs: number): Error {
  if (!isAxiosError(error)) return new Error(`${host} could not be notified`);
  if (error.cause instanceof AddressNotPublicError) {
    return new NotificationRefusedError(`${host} is not a public address: notifications go only to public addresses`);
  }
  if (error.code === 'ERR_CANCELED') return new Error(`${host} did not answer within ${timeoutMs} ms`);
  return new Error(`${host} could not be reached (${error.code ?? 'no code'})`);
}

function webhookOf(secret: string): Webhook {
  const { success, bytes } = decode(secret);
  if (!success || bytes < 24 || bytes > 64) {
    throw new Error(
      'NUMBER_ORDERS_NOTIFICATION_SECRET must be whsec_ followed by the base64 of 24 to 64 random bytes; ' +
        'make one with: echo "whsec_$(openssl rand -base64 32)"',
    );
  }
  return new Webhook(secret);
}

/** Node's decoder skips invalid characters, so encoding the result must return the same text. */
function decode(secret: string): { success: boolean; bytes: number } {
  const [, encoded = ''] = /^whsec_(.+)$/.exec(secret) ?? [];
  const bytes = Buffer.from(encoded, 'base64');
  return { success: bytes.toString('base64') === encoded, bytes: bytes.length };
}
