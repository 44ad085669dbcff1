import { Hono } from 'hono';
import { proxy } from 'hono/proxy';
import { serveApp, type HttpServer } from '../src/http/serve-app';

export interface RelayOptions {
  /** Base URL of the codec server. */
  codecServer: string;
  /** What the codec server wants to be shown, such as `Bearer …`. */
  authorization: string;
  /** Of the Web UI. */
  origin: string;
}

/**
 * Lets the demo's Web UI use the codec server. In production the UI forwards its user's access token. A dev server has no login,
 * so the relay adds the codec server's own token. It does so only for the UI's page: browsers state the origin of each page that
 * posts, and any other page states another one, even if its host name resolves to this address.
 */
export async function openCodecRelay({ codecServer, authorization, origin }: RelayOptions): Promise<HttpServer> {
  const app = new Hono();
  app.all('*', (c) => {
    const headers = { ...c.req.header(), ...(c.req.header('origin') === origin && { authorization }) };
    return proxy(`${codecServer}${c.req.path}`, { raw: c.req.raw, headers });
  });
  return serveApp(app, { host: '127.0.0.1', port: 0 });
}
