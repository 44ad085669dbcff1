import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { createCallbackReceiver, type CallbackReceiverOptions } from './receiver';

export interface CallbackServerOptions extends CallbackReceiverOptions {
  hostname: string;
  /** 0: any free one. */
  port: number;
}

export interface CallbackServer {
  /** Such as `http://127.0.0.1:8080`. */
  url: string;
  /** Resolves when the requests under way have been answered. */
  close: () => Promise<void>;
}

/** A callback is a small body from a fast sender: whoever takes longer only holds a connection. */
const REQUEST_ARRIVES_WITHIN_MS = 10_000;

/** @throws {Error} when the address cannot be listened on. */
export async function startCallbackReceiver({
  hostname,
  port,
  ...options
}: CallbackServerOptions): Promise<CallbackServer> {
  const server = serve({
    fetch: createCallbackReceiver(options).fetch,
    hostname,
    port,
    serverOptions: { requestTimeout: REQUEST_ARRIVES_WITHIN_MS, headersTimeout: REQUEST_ARRIVES_WITHIN_MS },
  }) as Server;
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${host}:${address.port}`,
    close: async () => {
      server.close();
      server.closeIdleConnections();
      await once(server, 'close');
    },
  };
}
