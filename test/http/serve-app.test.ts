import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import { serveApp } from '../../src/http/serve-app';

describe('a server that is open to the internet', () => {
  const open = (url: string, begun = '') => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
    socket.resume();
    if (begun) socket.write(begun);
    return socket;
  };

  it('closes connections that are idle, whose headers or body do not end, or whose request is done', async () => {
    const app = new Hono();
    app.get('/healthz', (context) => context.text('ok'));
    app.post('*', async (context) => context.text(await context.req.text()));
    const server = await serveApp(app, { host: '127.0.0.1', port: 0 });

    const post = 'POST / HTTP/1.1\r\nHost: x\r\n';
    const begun = ['', post, `${post}Content-Length: 10\r\n\r\nab`, 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'];
    await Promise.all(begun.map(async (sent) => once(open(server.url, sent), 'close')));

    await server.close();
  });

  it('accepts a bounded number of connections, and continues to serve those that it has', async () => {
    const app = new Hono();
    app.get('/', (context) => context.text('ok'));
    const server = await serveApp(app, { host: '127.0.0.1', port: 0 });
    const sockets = Array.from({ length: 1_001 }, () => open(server.url));

    // The one that came last is closed at once; the others wait for their senders.
    const [refused] = await Promise.race(
      sockets.map(async (socket) => [await once(socket, 'close').then(() => socket)] as const),
    );
    const kept = sockets.filter((socket) => socket !== refused);
    const answered = once(kept[0]!, 'data');
    kept[0]!.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(String((await answered)[0])).toMatch(/^HTTP\/1.1 200/);

    for (const socket of sockets) socket.destroy();
    await server.close();
  });
});

describe('a server that is told to stop', () => {
  it('answers the request under way, and waits for a slow sender only for a limited time', async () => {
    let arrived: () => void;
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const app = new Hono();
    app.get('/slow', async (context) => {
      arrived();
      await delay(200);
      return context.text('done');
    });
    app.post('*', async (context) => context.text(await context.req.text()));
    const server = await serveApp(app, { host: '127.0.0.1', port: 0 });
    const half = ['', 'POST / HTTP/1.1\r\nHost: x\r\n', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab'];
    const senders = half.map((begun) => {
      const sender = connect(Number(new URL(server.url).port), '127.0.0.1').on('error', () => undefined);
      sender.write(begun);
      return sender;
    });
    await Promise.all(senders.map((sender) => once(sender, 'connect')));

    const slow = fetch(`${server.url}/slow`);
    await arrival;
    await server.close();
    expect(await (await slow).text()).toBe('done');
    for (const sender of senders) sender.destroy();
  });
});
