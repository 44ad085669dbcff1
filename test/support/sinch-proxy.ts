import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** A request and its answer, as they went over the wire. */
export interface Exchange {
  method: string;
  url: URL;
  contentType: string | undefined;
  authorization: string | undefined;
  requestBody: string;
  status: number;
  responseBody: string;
}

/** An object is sent as JSON, a text as it is. */
export interface OtherAnswer {
  status: number;
  body: unknown;
  contentType?: string;
}

/** Stands between the client and the fake, keeps what goes through, changes answers and holds up requests on command. */
export class SinchProxy {
  readonly exchanges: Exchange[] = [];
  /** Another answer than the fake's, which has carried the request out; undefined leaves it as it is. */
  change: ((exchange: Exchange) => OtherAnswer | undefined) | undefined;
  /** How long a request is held up, milliseconds. It arrives even if its sender no longer waits. */
  hold: ((request: Pick<Exchange, 'method' | 'url' | 'requestBody'>) => number) | undefined;

  private constructor(
    readonly url: string,
    /** The fake's URL. */
    public target: string,
    readonly close: () => Promise<void>,
  ) {}

  static async before(target = ''): Promise<SinchProxy> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const proxy = new SinchProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, target, async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    });
    server.on('request', (incoming, outgoing) => {
      void (async () => {
        const { method = '', headers } = incoming;
        const url = new URL(incoming.url ?? '', proxy.target);
        const requestBody = await buffer(incoming);
        await delay(proxy.hold?.({ method, url, requestBody: requestBody.toString() }) ?? 0);
        const sent = forward(url, { method, headers }).end(requestBody);
        const [answer] = (await once(sent, 'response')) as [IncomingMessage];
        const responseBody = await buffer(answer);
        const exchange: Exchange = {
          method,
          url,
          contentType: headers['content-type']?.split(';')[0],
          authorization: headers.authorization,
          requestBody: requestBody.toString(),
          status: answer.statusCode ?? 0,
          responseBody: responseBody.toString(),
        };
        proxy.exchanges.push(exchange);
        const other = proxy.change?.(exchange);
        if (!other) {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(responseBody);
          return;
        }
        const { status, body, contentType = 'application/json' } = other;
        outgoing
          .writeHead(status, { 'content-type': contentType })
          .end(typeof body === 'string' ? body : JSON.stringify(body));
        // A connection that Sinch breaks is broken here as well.
      })().catch(() => outgoing.destroy());
    });
    return proxy;
  }
}
