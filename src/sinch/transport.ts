import http from 'node:http';
import https from 'node:https';
import { TLSSocket } from 'node:tls';
import axios, { isAxiosError } from 'axios';
import type { AxiosRequestConfig } from 'axios';
import type FormData from 'form-data';

/** More than any answer of the Number Order API: a larger one is not from Sinch. */
const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  url: string;
  headers: Record<string, string>;
  body?: string | FormData | undefined;
  /** For the whole call: connecting, sending, and reading the whole answer. */
  timeoutMs: number;
  /** Uses a new connection that is not reused; not counted in `maxConnections`. */
  freshConnection?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  status: number;
  retryAfter: string | undefined;
  body: string;
}

/** Thrown when no complete answer arrived. It has nothing of the request: axios' own errors hold its body and credentials. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  constructor(
    /**
     * Node's or axios' code, for example `ECONNREFUSED`; `ETIMEDOUT` when `timeoutMs` ran out; `EPROXY` when a proxy answered
     * instead of the host.
     */
    readonly code: string,
    /** False only if provably no byte was sent. */
    readonly sent: boolean,
    /** The status of an incomplete answer. */
    readonly status: number | undefined,
  ) {
    super(`no complete answer (${code})`);
  }
}

/**
 * HTTP through axios: any status is an answer, redirects are never followed, and bodies are text. Proxies are axios'
 * own default: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` of the environment count.
 */
export class Transport {
  private readonly kept: Agents;
  private readonly fresh: Agents;

  /** @param maxConnections kept alive to one host; further requests queue, and their time-out counts. */
  constructor(maxConnections: number) {
    this.kept = agents({ keepAlive: true, maxSockets: maxConnections });
    // Without a limit: Node passes a limited agent's connections on to waiting requests, kept alive or not.
    this.fresh = agents({ keepAlive: false });
  }

  async send({ method, url, headers, body, timeoutMs, freshConnection, signal }: HttpRequest): Promise<HttpAnswer> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const connection = new ConnectionWatch();
    const config: AxiosRequestConfig<string | FormData> = {
      method,
      url,
      // Axios would label an empty body as a form.
      headers: body === undefined ? { ...headers, 'Content-Type': false } : headers,
      ...(body !== undefined && { data: body }),
      ...(freshConnection ? this.fresh : this.kept),
      transport: connection.transport(url),
      // Not axios' own timeout, which restarts with every byte: a trickling answer would hold the call forever.
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      maxRedirects: 0,
      maxBodyLength: Infinity,
      maxContentLength: MAX_ANSWER_BYTES,
      responseType: 'text',
      validateStatus: null,
    };
    try {
      const answer = await axios.request<string>(config);
      if (connection.refusedByProxy) throw new TransportFailure('EPROXY', false, undefined);
      const retryAfter: unknown = answer.headers['retry-after'];
      return {
        status: answer.status,
        retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
        body: answer.data,
      };
    } catch (error) {
      if (error instanceof TransportFailure) throw error;
      const { code } = isAxiosError(error) ? error : {};
      const timedOut = timeout.aborted && signal?.aborted !== true;
      throw new TransportFailure(timedOut ? 'ETIMEDOUT' : (code ?? 'UNKNOWN'), connection.made, connection.status);
    } finally {
      connection.release();
    }
  }
}

interface Agents {
  httpAgent: http.Agent;
  httpsAgent: https.Agent;
}

function agents(options: http.AgentOptions): Agents {
  return { httpAgent: new http.Agent(options), httpsAgent: new https.Agent(options) };
}

/** The form of Node's `request` that axios calls. */
type StartRequest = (
  options: https.RequestOptions,
  onAnswer: (answer: http.IncomingMessage) => void,
) => http.ClientRequest;

/**
 * Whether a request ever had a connection: Node sends a request's bytes only on a connection, so without one nothing was sent.
 * The error does not tell, nor does `bytesWritten`, which counts queued bytes. And not on every version of Node has axios' error
 * the status of an incomplete answer.
 */
class ConnectionWatch {
  made = false;
  /** The proxy itself answered: there was no tunnel to the host, and the request was not sent. */
  refusedByProxy = false;
  /** The status, once the answer's head has arrived. */
  status: number | undefined;
  private sending: http.ClientRequest | undefined;

  /** Axios' `transport`: Node's own `request`, watched. */
  transport(url: string): { request: StartRequest } {
    const encrypted = new URL(url).protocol === 'https:';
    const { request } = encrypted ? https : http;
    return {
      request: (options, onAnswer) => {
        const sending = (this.sending = request(options, (answer) => {
          this.status = answer.statusCode;
          onAnswer(answer);
        }));
        sending.once('socket', (socket) => {
          // A fresh TLS socket still has its handshake before it, even where the TCP connection (a proxy's) is up.
          const isTls = socket instanceof TLSSocket;
          if (encrypted && !isTls) this.refusedByProxy = true;
          else if (sending.reusedSocket || (!isTls && !socket.connecting)) this.made = true;
          else socket.once(isTls ? 'secureConnect' : 'connect', () => (this.made = true));
        });
        return sending;
      },
    };
  }

  /** An upload that is answered before its end would hold its connection forever. */
  release(): void {
    if (this.sending && !this.sending.writableFinished) this.sending.destroy();
  }
}
