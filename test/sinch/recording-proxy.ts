import { once } from 'node:events';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request and its answer, as they went over the wire. */
export interface Exchange {
  method: string;
  url: URL;
  contentType: string | undefined;
  requestBody: string;
  status: number;
  responseBody: string;
}

/** Stands between the client and the fake and keeps what goes through. */
export class RecordingProxy {
  readonly exchanges: Exchange[] = [];

  private constructor(
    readonly url: string,
    readonly close: () => Promise<void>,
  ) {}

  static async before(target: string): Promise<RecordingProxy> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const proxy = new RecordingProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    });
    server.on('request', (incoming, outgoing) => {
      void (async () => {
        const { method = '', headers } = incoming;
        const url = new URL(incoming.url ?? '', target);
        const requestBody = await buffer(incoming);
        const [answer] = (await once(forward(url, { method, headers }).end(requestBody), 'response')) as [
          typeof incoming,
        ];
        const responseBody = await buffer(answer);
        proxy.exchanges.push({
          method,
          url,
          contentType: headers['content-type']?.split(';')[0],
          requestBody: requestBody.toString(),
          status: answer.statusCode ?? 0,
          responseBody: responseBody.toString(),
        });
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(responseBody);
      })();
    });
    return proxy;
  }
}
