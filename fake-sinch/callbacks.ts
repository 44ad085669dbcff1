import { createHmac } from 'node:crypto';

import type { Clock } from './clock';
import { newId } from './ids';
import type { Settings } from './settings';

/** What a callback tells; the rest of the body is added when it is sent. */
export interface CallbackEvent {
  resourceType: 'NUMBER_ORDER' | 'ACTIVE_NUMBER';
  resourceId: string;
  eventType: string;
  status: string;
  failureCode?: string;
}

/** One callback as the audit remembers it. */
export interface SentCallback extends CallbackEvent {
  eventId: string;
  url: string;
  /** How often it was posted, answered or not. */
  deliveries: number;
  /** The status of the last answer; undefined when there was none. */
  answered?: number | undefined;
  dropped: boolean;
}

const ANSWER_WITHIN_MS = 5_000;

/** Posts callbacks, signed with the project's secret, each order's in their order, repeated until answered with 2xx. */
export class Callbacks {
  readonly sent: SentCallback[] = [];
  /** How many of the next callbacks never arrive. */
  drop = 0;
  /** How many of the next callbacks arrive twice. */
  double = 0;
  readonly #queues = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(
    readonly projectId: string,
    public hmacSecret: string,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Queued by `url`, so that what concerns one order arrives in the order it happened. */
  send(url: string | undefined, event: CallbackEvent): void {
    if (url === undefined) return;
    const sent: SentCallback = {
      eventId: newId(this.clock.now()),
      url,
      ...event,
      deliveries: 0,
      dropped: this.drop > 0,
    };
    this.sent.push(sent);
    if (sent.dropped) {
      this.drop -= 1;
      return;
    }
    const times = this.double > 0 ? 2 : 1;
    this.double -= times - 1;
    // Sinch's timestamps have up to nine digits of a second and no zone; they are UTC.
    const timestamp = new Date(this.clock.now()).toISOString().replace('Z', '000000');
    const absent = this.settings.nullsForAbsent ? { failureCode: null, internalFailureCode: null } : {};
    const body = JSON.stringify({ eventId: sent.eventId, timestamp, projectId: this.projectId, ...absent, ...event });
    const before = this.#queues.get(url) ?? Promise.resolve();
    this.#queues.set(
      url,
      before.then(async () => {
        for (let time = 0; time < times; time += 1) await this.#deliver(sent, body);
      }),
    );
  }

  /** Resolves when every callback so far was delivered or given up. */
  async flush(): Promise<void> {
    await Promise.all(this.#queues.values());
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.flush();
  }

  async #deliver(sent: SentCallback, body: string): Promise<void> {
    for (let attempt = 0; attempt < this.settings.callbackAttempts; attempt += 1) {
      if (attempt > 0) await pause(this.settings.callbackRetryMs * 2 ** (attempt - 1), this.#closing.signal);
      if (this.#closing.signal.aborted) return;
      sent.deliveries += 1;
      sent.answered = await this.#post(sent.url, body);
      if (sent.answered !== undefined && sent.answered >= 200 && sent.answered < 300) return;
    }
  }

  async #post(url: string, body: string): Promise<number | undefined> {
    const signature = createHmac('sha1', this.hmacSecret).update(body).digest('hex');
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-sinch-signature': signature },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return undefined;
    }
  }
}

function pause(milliseconds: number, closing: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    closing.addEventListener('abort', done);
    function done(): void {
      clearTimeout(timer);
      closing.removeEventListener('abort', done);
      resolve();
    }
  });
}
