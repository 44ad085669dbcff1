import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';

export interface ListenAddress {
  host: string;
  /** 0: any free port. */
  port: number;
}

export interface HttpServer {
  /** Such as `http://127.0.0.1:8080`. */
  url: string;
  /** Resolves when the pending requests have been answered; those that take longer than 10 s are aborted. */
  close: () => Promise<void>;
}

/** Such as one of Hono's. */
export type WebApp = Pick<Parameters<typeof serve>[0], 'fetch'>;

/** All requests are small and from fast senders: a slow one only holds a connection. */
const REQUEST_ARRIVES_WITHIN_MS = 10_000;
/** How often Node checks for timed-out connections; its default is 30 s. */
const LOOKED_FOR_EVERY_MS = 1_000;
/** For idle connections, such as of a caller that does not read its answer. Longer than any answer takes. */
const STILL_FOR_MS = 60_000;
/** Far more than callbacks, health checks and readers need. Each costs memory, and further ones are closed at once. */
const MOST_CONNECTIONS = 1_000;

/** @throws {Error} when the address cannot be listened on. */
export async function serveApp(
  app: WebApp,
  { host, port }: ListenAddress,
  { requestArrivesWithinMs = REQUEST_ARRIVES_WITHIN_MS } = {},
): Promise<HttpServer> {
  const server = serve({
    fetch: app.fetch,
    hostname: host,
    port,
    serverOptions: {
      requestTimeout: requestArrivesWithinMs,
      headersTimeout: REQUEST_ARRIVES_WITHIN_MS,
      connectionsCheckingInterval: LOOKED_FOR_EVERY_MS,
    },
  }) as Server;
  server.maxConnections = MOST_CONNECTIONS;
  server.timeout = STILL_FOR_MS;
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const at = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${at}:${address.port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      // Node stops checking its time-outs then: an idle connection would keep the process alive.
      const givingUp = setTimeout(() => server.closeAllConnections(), REQUEST_ARRIVES_WITHIN_MS);
      await closed;
      clearTimeout(givingUp);
    },
  };
}
