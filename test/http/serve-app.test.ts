import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import { serveApp } from '../../src/http/serve-app';

describe('a server that is told to stop', () => {
  it('answers the request under way, and waits for no sender for ever', async () => {
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
