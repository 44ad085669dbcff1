import { once } from 'node:events';
import { Agent, createServer } from 'node:https';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { WebhookNotifier } from '../../src/notifications/webhook-notifier';

export interface ReceivedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A requester's own endpoint: https on loopback, with a certificate only the tests trust. */
export interface HttpsReceiver {
  host: string;
  received: ReceivedRequest[];
  /** Trusts the receiver's certificate and connects to loopback, both of which the notifier itself would not. */
  agent: Agent;
  /** How the next requests are answered; 204 until it is set. */
  answerWith: (answer: (response: ServerResponse) => void) => void;
  close: () => Promise<void>;
}

/** The service's own notifier, for which this is the one host that it may tell. */
export function notifierTo(
  { host, agent }: HttpsReceiver,
  secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
): WebhookNotifier {
  return new WebhookNotifier({ secret, allowedHosts: [host], userAgent: 'number-orders/test', agent });
}

export async function startHttpsReceiver(): Promise<HttpsReceiver> {
  const pem = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const received: ReceivedRequest[] = [];
  let answer = (response: ServerResponse): void => {
    response.writeHead(204).end();
  };
  const server = createServer({ key: pem.private, cert: pem.cert }, (request, response) => {
    void buffer(request).then((body) => {
      const { method = '', url: path = '', headers } = request;
      received.push({ method, path, headers, body: body.toString('utf8') });
      answer(response);
    });
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    received,
    agent: new Agent({ ca: pem.cert }),
    answerWith: (next) => (answer = next),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
