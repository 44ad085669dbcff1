import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { isSuccess, readAnswer } from './answers';
import type { Authorization } from './authorization';
import { UnusableId } from './endpoints';
import { failureOfAnswer, failureOfId, failureOfTransport, failureOfUnreadable } from './failed-call';
import type { Multipart } from './multipart';
import { observed } from './observed';
import type { OnCall } from './observed';
import { TransportFailure } from './transport';
import type { HttpAnswer, HttpRequest, Transport } from './transport';

/** One call of the API, as an endpoint describes it. */
export interface ApiCall<T extends object | null> {
  operation: string;
  method: HttpRequest['method'];
  /** A POST that changes nothing; a GET never does. */
  reads?: boolean | undefined;
  /** @throws UnusableId */
  url: () => string;
  answer: z.ZodType<T>;
  json?: unknown;
  /** Instead of `json`. Opened again for every attempt, as a stream can be sent only once. */
  multipart?: (() => Promise<Multipart>) | undefined;
  timeoutMs: number;
  freshConnection?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

type Request = Omit<ApiCall<null>, 'answer'>;

export interface ApiCallerOptions {
  transport: Transport;
  authorization: Authorization;
  userAgent: string;
  /** Milliseconds since the epoch. */
  now: () => number;
  onCall?: OnCall | undefined;
}

/** Authorises a call, sends it, and returns its answer or throws a SinchError. */
export class ApiCaller {
  constructor(private readonly options: ApiCallerOptions) {}

  call<T extends object | null>(api: ApiCall<T>): Promise<T> {
    const { now, onCall } = this.options;
    const call = { operation: api.operation, correlationId: randomUUID() };
    const reads = api.reads ?? api.method === 'GET';
    return observed(call, onCall, async () => {
      const answer = await this.authorised(api, call.correlationId).catch((error: unknown) => {
        if (error instanceof TransportFailure) throw failureOfTransport(error, { ...call, now: now() });
        if (error instanceof UnusableId) throw failureOfId({ ...call, now: now() });
        throw error;
      });
      if (!isSuccess(answer)) throw failureOfAnswer(answer, { ...call, now: now() }, reads);
      const value = readAnswer(answer, api.answer);
      if (value === undefined) throw failureOfUnreadable(answer, { ...call, now: now() });
      return { status: answer.status, value };
    });
  }

  /** A 401 proves that the call was not carried out, so one retry with a new token is safe for every endpoint. */
  private async authorised(api: Request, correlationId: string): Promise<HttpAnswer> {
    const { authorization, now } = this.options;
    const notAfter = now() + api.timeoutMs;
    const header = await authorization.header();
    const answer = await this.send(api, correlationId, header, notAfter);
    if (answer.status !== 401 || !authorization.refused(header)) return answer;
    return this.send(api, correlationId, await authorization.header(), notAfter);
  }

  /**
   * Sends nothing after `notAfter`: the caller has timed out, and may already have retried. This happens to a process that was
   * paused with its machine, as its timers run only after pending I/O.
   */
  private async send(
    api: Request,
    correlationId: string,
    authorization: string,
    notAfter: number,
  ): Promise<HttpAnswer> {
    const { method, json, timeoutMs, freshConnection, signal } = api;
    const url = api.url();
    const multipart = await api.multipart?.();
    try {
      if (this.options.now() > notAfter) throw new TransportFailure('ETIMEDOUT', false, undefined);
      return await this.options.transport.send({
        method,
        url,
        headers: {
          Authorization: authorization,
          Accept: 'application/json',
          'User-Agent': this.options.userAgent,
          'X-Correlation-Id': correlationId,
          ...(json !== undefined && { 'Content-Type': 'application/json' }),
          ...multipart?.headers(),
        },
        body: multipart?.form ?? (json === undefined ? undefined : JSON.stringify(json)),
        timeoutMs,
        freshConnection,
        signal,
      });
    } catch (error) {
      // An unreadable file is not Sinch's failure.
      throw multipart?.contentFailure ?? error;
    } finally {
      multipart?.close();
    }
  }
}
