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
 * Lets the demo's Web UI ask the codec server. In earnest the UI forwards the access token its user has logged in with;
 * a dev server has no login, so here the codec server's own token is shown in its place. That is done for the UI's page
 * alone: browsers state the origin of each page that posts, and any other page, even one whose own name has come to
 * lead to this address, states another.
 */
export async function openCodecRelay({ codecServer, authorization, origin }: RelayOptions): Promise<HttpServer> {
  const app = new Hono();
  app.all('*', (c) => {
    const headers = { ...c.req.header(), ...(c.req.header('origin') === origin && { authorization }) };
    return proxy(`${codecServer}${c.req.path}`, { raw: c.req.raw, headers });
  });
  return serveApp(app, { host: '127.0.0.1', port: 0 });
}
