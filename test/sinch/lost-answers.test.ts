import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import { generate } from 'selfsigned';
import { breakOff, hang, json, resetAfterReading, resetBeforeReading } from '../support/scripted-server';
import { creation, failureOf, order, ScriptedSinch } from './scripted-sinch';

/** For what never comes. Long enough for a loopback connection on a busy machine; no token has to come within it. */
const impatient = { timeoutMs: 3000, authentication: 'basic' } as const;

let sinch: ScriptedSinch;
beforeEach(async () => {
  sinch = await ScriptedSinch.start();
  sinch.answers(json(200, order()));
});
afterEach(() => sinch.close());

describe('a request was certainly not processed when', () => {
  const unsent = { type: 'SinchUnavailable', possiblyProcessed: false, status: undefined };

  test('the connection is refused', async () => {
    const client = sinch.newClient({ numbersUrl: `http://127.0.0.1:${await closedPort()}` });
    const failure = await failureOf(client.createNumberOrder(creation));
    expect(failure).toMatchObject(unsent);
    expect(failure.message).toContain('ECONNREFUSED');
  });

  test('the name cannot be resolved', async () => {
    const client = sinch.newClient({ numbersUrl: 'http://numbers.sinch.invalid' });
    const failure = await failureOf(client.createNumberOrder(creation));
    expect(failure).toMatchObject(unsent);
    expect(failure.message).toMatch(/ENOTFOUND|EAI_AGAIN/);
  });

  test('the host does not answer the attempt to connect', async () => {
    // TEST-NET-1 is nobody's: the attempt times out, or the network refuses to try.
    const client = sinch.newClient({ ...impatient, numbersUrl: 'http://192.0.2.1' });
    expect(await failureOf(client.createNumberOrder(creation))).toMatchObject(unsent);
  });

  test('the other side does not speak TLS', async () => {
    const client = sinch.newClient({ numbersUrl: sinch.server.url.replace('http:', 'https:') });
    expect(await failureOf(client.createNumberOrder(creation))).toMatchObject(unsent);
  });

  test('the TLS handshake never ends', async () => {
    const silent = createServer();
    const port = await listen(silent);
    const client = sinch.newClient({ ...impatient, numbersUrl: `https://127.0.0.1:${port}` });
    const failure = await failureOf(client.createNumberOrder(creation));
    silent.close();
    expect(failure).toMatchObject(unsent);
    expect(failure.message).toContain('ETIMEDOUT');
  });

  test.each([
    ['503 Service Unavailable', 'it is busy'],
    ['407 Proxy Authentication Required', 'it demands authentication'],
    ['502 Bad Gateway', 'it cannot reach Sinch'],
  ])('a proxy answers %s in place of Sinch, because %s', async (status) => {
    const proxy = await proxyThat((socket) => {
      socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
    });
    const client = sinch.newClient({ numbersUrl: 'https://numbers.sinch.invalid', authentication: 'basic' });
    const failure = await failureOf(client.createNumberOrder(creation));
    proxy.close();
    expect(failure).toMatchObject(unsent);
    expect(failure.message).toContain('EPROXY');
  });

  test('the call was aborted before it began', async () => {
    const failure = await failureOf(sinch.client.createNumberOrder(creation, { signal: AbortSignal.abort() }));
    expect(failure).toMatchObject(unsent);
    expect(sinch.apiRequests).toHaveLength(0);
  });

  test('its deadline passed before it could be sent, as in a process that was paused', async () => {
    let paused = 0;
    const client = sinch.newClient({ now: () => Date.now() + paused });
    sinch.tokens({
      reads: true,
      answer: (response) => {
        paused = 60_000;
        response.end(JSON.stringify({ access_token: 'token', token_type: 'bearer', expires_in: 3600 }));
      },
    });
    const failure = await failureOf(client.createNumberOrder(creation));
    expect(failure).toMatchObject(unsent);
    expect(failure.message).toContain('ETIMEDOUT');
    expect(sinch.apiRequests).toHaveLength(0);
    await expect(client.getNumberOrder('order-1')).resolves.toMatchObject({ idNumberOrder: 'order-1' });
  });

  test('it was aborted while it waited for one of the connections allowed', async () => {
    const client = sinch.newClient({ maxConnections: 1 });
    await client.getNumberOrder('order-1');
    const first = new AbortController();
    const second = new AbortController();
    sinch.answers({ reads: true, answer: () => second.abort() });
    const holding = failureOf(client.updateRegistration('order-1', {}, { signal: first.signal }));
    const waiting = failureOf(client.updateRegistration('order-2', {}, { signal: second.signal }));
    expect(await waiting).toMatchObject(unsent);
    first.abort();
    expect(await holding).toMatchObject({ possiblyProcessed: true });
  });
});

describe('an order was possibly created when', () => {
  const sent = { type: 'SinchUnavailable', possiblyProcessed: true };

  test('the request went through the tunnel of a proxy', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'numbers.sinch.invalid' }]);
    const host = https.createServer({ key, cert }, (request) => request.socket.destroy());
    const port = await listen(host);
    const proxy = await proxyThat((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket
        .pipe(connect(port, '127.0.0.1'))
        .on('error', () => socket.destroy())
        .pipe(socket);
    });
    const trusting = trustEverybody();
    const client = sinch.newClient({ numbersUrl: 'https://numbers.sinch.invalid', authentication: 'basic' });
    const failure = await failureOf(client.createNumberOrder(creation));
    trusting.mockRestore();
    proxy.close();
    host.close();
    expect(failure).toMatchObject(sent);
  });

  test('the connection is reset before the request was read', async () => {
    sinch.answers(resetBeforeReading);
    expect(await failureOf(sinch.client.createNumberOrder(creation))).toMatchObject(sent);
  });

  test('the connection is reset after the request was read', async () => {
    sinch.answers(resetAfterReading);
    const failure = await failureOf(sinch.client.createNumberOrder(creation));
    expect(failure).toMatchObject(sent);
    expect(failure.message).toContain('ECONNRESET');
  });

  test('no answer comes in time', async () => {
    sinch.answers(hang);
    const failure = await failureOf(sinch.newClient(impatient).createNumberOrder(creation));
    expect(failure).toMatchObject(sent);
    expect(failure.message).toContain('ETIMEDOUT');
  });

  test('the answer breaks off', async () => {
    sinch.answers(breakOff(200));
    expect(await failureOf(sinch.client.createNumberOrder(creation))).toMatchObject({ ...sent, status: 200 });
  });

  test('the answer is still arriving at the time-out', async () => {
    const timers: NodeJS.Timeout[] = [];
    sinch.answers({
      reads: true,
      answer: (response) => void timers.push(setInterval(() => response.write(' '), impatient.timeoutMs / 10)),
    });
    const failure = await failureOf(sinch.newClient(impatient).createNumberOrder(creation));
    timers.forEach((timer) => clearInterval(timer));
    expect(failure).toMatchObject(sent);
  });

  test('the call is aborted while Sinch processes it', async () => {
    const caller = new AbortController();
    sinch.answers({ reads: true, answer: () => caller.abort() });
    expect(await failureOf(sinch.client.createNumberOrder(creation, { signal: caller.signal }))).toMatchObject(sent);
  });

  test('the connection is reset while it is submitted', async () => {
    sinch.answers(resetAfterReading);
    expect(await failureOf(sinch.client.submitNumberOrder('order-1'))).toMatchObject(sent);
  });
});

describe('a refusal whose answer breaks off', () => {
  test('still counts as a refusal: the order was not created', async () => {
    sinch.answers(breakOff(429));
    expect(await failureOf(sinch.client.createNumberOrder(creation))).toMatchObject({
      status: 429,
      possiblyProcessed: false,
    });
  });
});

describe('connections', () => {
  test('are kept alive for reads', async () => {
    sinch.answers(json(200, order()));
    await sinch.client.getNumberOrder('order-1');
    await sinch.client.getNumberOrder('order-1');
    const [first, second] = sinch.apiRequests.map(({ connection }) => connection);
    expect(second).toBe(first);
  });

  test('are not shared by orders that are created at once, however few are allowed', async () => {
    const client = sinch.newClient({ maxConnections: 1 });
    await Promise.all([1, 2, 3].map(() => client.createNumberOrder(creation)));
    expect(new Set(sinch.apiRequests.map(({ connection }) => connection)).size).toBe(3);
  });

  test('are new for creating and for submitting an order, and closed afterwards', async () => {
    sinch.answers(json(200, order()));
    await sinch.client.getNumberOrder('order-1');
    await sinch.client.createNumberOrder(creation);
    await sinch.client.submitNumberOrder('order-1');
    await sinch.client.getNumberOrder('order-1');
    const [read, create, submit, readAgain] = sinch.apiRequests;
    expect(new Set([read, create, submit].map((request) => request?.connection)).size).toBe(3);
    expect(readAgain?.connection).toBe(read?.connection);
    expect([create, submit].map((request) => request?.headers.connection)).toEqual(['close', 'close']);
  });

  test('that are kept alive and then reset leave it unknown whether the request was processed', async () => {
    sinch.answers(json(200, order()), resetBeforeReading);
    await sinch.client.getNumberOrder('order-1');
    const failure = await failureOf(sinch.client.updateRegistration('order-1', { data: [] }));
    const [first, second] = sinch.apiRequests.map(({ connection }) => connection);
    expect(second).toBe(first);
    expect(failure).toMatchObject({ type: 'SinchUnavailable', possiblyProcessed: true });
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await once(server.close(), 'close');
  return port;
}

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Node reads NODE_TLS_REJECT_UNAUTHORIZED of the process, which is not the one that tests see. */
function trustEverybody(): jest.SpyInstance {
  const connectTls = tls.connect.bind(tls) as (options: tls.ConnectionOptions) => tls.TLSSocket;
  return jest
    .spyOn(tls, 'connect')
    .mockImplementation(((options: tls.ConnectionOptions) =>
      connectTls({ ...options, rejectUnauthorized: false })) as typeof tls.connect);
}

/** Stands between us and every HTTPS host until it is closed. */
async function proxyThat(answers: (socket: Socket) => void): Promise<{ close: () => void }> {
  const server = http.createServer();
  server.on('connect', (_request, socket: Socket) => {
    socket.on('error', () => undefined);
    answers(socket);
  });
  process.env.HTTPS_PROXY = `http://127.0.0.1:${await listen(server)}`;
  return {
    close: () => {
      delete process.env.HTTPS_PROXY;
      server.close();
    },
  };
}
