import { Hono } from 'hono';
import { serveApp, type HttpServer } from '../../src/http/serve-app';
import { pageScript, styleSheet } from '../../src/intake/page/style-sheet';

/** What the browser of a test is answered with: pages by their paths, and what was posted last. */
export interface ServedPages extends HttpServer {
  pages: Map<string, string>;
  posted: [name: string, value: string][];
}

/** Serves rendered pages with the headers that the intake sends, so that what the page does can be tried alone. */
export async function servePages(accent?: string): Promise<ServedPages> {
  const served: Pick<ServedPages, 'pages' | 'posted'> = { pages: new Map(), posted: [] };
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header(
      'content-security-policy',
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'",
    );
  });
  app.get('/page.css', (c) => c.body(styleSheet(accent), 200, { 'content-type': 'text/css' }));
  app.get('/page.js', (c) => c.body(pageScript(), 200, { 'content-type': 'text/javascript' }));
  app.get('*', (c) => c.html(served.pages.get(c.req.path) ?? '', served.pages.has(c.req.path) ? 200 : 404));
  app.post('*', async (c) => {
    const form = await c.req.formData();
    served.posted = [...form].map(([name, value]) => [
      name,
      typeof value === 'string' ? value : `a file of ${value.size} bytes`,
    ]);
    return c.html(served.pages.get('/answer') ?? '');
  });
  const server = await serveApp(app, { host: '127.0.0.1', port: 0 });
  return Object.assign(served, server);
}
