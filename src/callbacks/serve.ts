import { serveApp, type HttpServer } from '../http/serve-app';
import { createCallbackReceiver, type CallbackReceiverOptions } from './receiver';

export interface CallbackServerOptions extends CallbackReceiverOptions {
  hostname: string;
  /** 0: any free port. */
  port: number;
}

export type CallbackServer = HttpServer;

/** @throws {Error} when the address cannot be listened on. */
export async function startCallbackReceiver({
  hostname,
  port,
  ...options
}: CallbackServerOptions): Promise<CallbackServer> {
  return serveApp(createCallbackReceiver(options), { host: hostname, port });
}
