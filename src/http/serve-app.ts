import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';

export interface ListenAddress {
  host: string;
  /** 0: any free one. */
  port: number;
}

export interface HttpServer {
  /** Such as `http://127.0.0.1:8080`. */
  url: string;
  /** Resolves when the requests under way have been answered; those that take longer than 10 s are given up. */
  close: () => Promise<void>;
}

/** All we take are small bodies from fast senders: whoever takes longer only holds a connection. */
const REQUEST_ARRIVES_WITHIN_MS = 10_000;

/** @throws {Error} when the address cannot be listened on. */
export async function serveApp(app: Hono, { host, port }: ListenAddress): Promise<HttpServer> {
  const server = serve({
    fetch: app.fetch,
    hostname: host,
    port,
    serverOptions: { requestTimeout: REQUEST_ARRIVES_WITHIN_MS, headersTimeout: REQUEST_ARRIVES_WITHIN_MS },
  }) as Server;
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const at = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${at}:${address.port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      // Node no longer looks at its time-outs then: whoever sends nothing would hold the process for ever.
      const givingUp = setTimeout(() => server.closeAllConnections(), REQUEST_ARRIVES_WITHIN_MS);
      await closed;
      clearTimeout(givingUp);
    },
  };
}
