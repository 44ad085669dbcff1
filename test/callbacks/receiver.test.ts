import { createHmac, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import fc from '../support/fast-check';
import type { SinchEvent } from '@number-orders/contract';
import { callbackPath } from '../../src/callbacks/path';
import type { CallbackReport } from '../../src/callbacks/receiver';
import { startCallbackReceiver, type CallbackServer, type CallbackServerOptions } from '../../src/callbacks/serve';
import { orderEvent, SIGNED_CALLBACKS } from '../support/sinch-documented';

const secret = 'callback-secret-0123456789abcdefgh';
const event: SinchEvent = {
  eventId: 'event-1',
  timestamp: '2026-01-31T18:00:00.000',
  projectId: 'project-1',
  resourceType: 'NUMBER_ORDER',
  resourceId: 'sinch-order-1',
  eventType: 'NUMBER_ORDER_PROCESSING',
  status: 'COMPLETED',
};

const nulled = (fields: object) => Object.fromEntries(Object.keys(fields).map((name) => [name, null]));
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name))) as unknown as SinchEvent;

let server: CallbackServer;
let signalled: { reference: string; event: SinchEvent }[];
let reports: CallbackReport[];

async function start(more: Partial<CallbackServerOptions> = {}): Promise<void> {
  server = await startCallbackReceiver({
    hostname: '127.0.0.1',
    port: 0,
    secret,
    signalOrder: async (reference, event) => {
      signalled.push({ reference, event });
      return 'signalled';
    },
    onCallback: (report) => reports.push(report),
    ...more,
  });
}

/** Posts as Sinch does; what a test wants otherwise it names. */
async function post(body: unknown, more: { path?: string; signature?: string; headers?: Record<string, string> } = {}) {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  const { path = callbackPath(secret, 'order-1', 1), signature = sign(raw), headers } = more;
  const response = await fetch(`${server.url}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-sinch-signature': signature, ...headers },
    body: raw,
  });
  await response.body?.cancel();
  return response.status;
}

const sign = (raw: string, key = secret) => createHmac('sha1', key).update(raw).digest('hex');

beforeEach(() => {
  signalled = [];
  reports = [];
});
afterEach(() => server.close());

describe('A callback from Sinch', () => {
  beforeEach(() => start());

  it('reaches the order its path names, whatever order its body names', async () => {
    expect(await post({ ...event, resourceId: 'sinch-order-of-another' })).toBe(200);
    expect(signalled).toEqual([{ reference: 'order-1', event: { ...event, resourceId: 'sinch-order-of-another' } }]);
  });

  it.each(SIGNED_CALLBACKS)(
    "is accepted with the signature that Sinch's own SDKs verify, and reaches its order: $signature",
    async ({ secret: key, signature, body }) => {
      await server.close();
      await start({ secret: key });
      expect(await post(body, { path: callbackPath(key, 'order-1', 1), signature })).toBe(200);
      const { resourceId, status } = JSON.parse(body) as SinchEvent;
      expect(signalled).toMatchObject([{ reference: 'order-1', event: { resourceId, status } }]);
      expect(signalled[0]?.event).not.toHaveProperty('failureCode');
      expect(await post(`${body} `, { path: callbackPath(key, 'order-1', 1), signature })).toBe(401);
    },
  );

  it("with the body of Sinch's documentation reaches its order", async () => {
    expect(await post(orderEvent)).toBe(200);
    expect(signalled).toEqual([{ reference: 'order-1', event: orderEvent }]);
  });

  it('reaches it under any path prefix that a proxy keeps or strips', async () => {
    expect(await post(event, { path: `sinch/callbacks/${callbackPath(secret, 'order-1', 2)}` })).toBe(200);
    expect(signalled).toHaveLength(1);
  });

  it('about an active number also reaches the order in its path', async () => {
    const provisioning = {
      ...event,
      resourceType: 'ACTIVE_NUMBER',
      resourceId: '+61491570156',
      eventType: 'PROVISIONING_TO_SMS_PLATFORM',
      status: 'FAILED',
      failureCode: 'CAMPAIGN_NOT_AVAILABLE',
    };
    expect(await post(provisioning)).toBe(200);
    expect(signalled).toEqual([{ reference: 'order-1', event: provisioning }]);
  });

  it('may have fields that Sinch has added since, which are left out', async () => {
    expect(await post({ ...event, addedLater: { deep: true }, failureCode: 'x'.repeat(1_000) })).toBe(200);
    expect(signalled).toEqual([{ reference: 'order-1', event }]);
  });

  it('is passed on once, however often it is repeated or replayed', async () => {
    expect([await post(event), await post(event), await post(event)]).toEqual([200, 200, 200]);
    expect(signalled).toHaveLength(1);
    expect(reports.map(({ result }) => result)).toEqual(['signalled', 'duplicate', 'duplicate']);
  });

  it('is passed on whenever it arrives, because the order reads the real state itself', async () => {
    await post({ ...event, eventId: 'event-2', status: 'COMPLETED' });
    await post({ ...event, eventId: 'event-1', status: 'IN_REVIEW' });
    expect(signalled.map(({ event }) => event.status)).toEqual(['COMPLETED', 'IN_REVIEW']);
  });
});

describe('A callback that lacks fields or has unknown ones', () => {
  beforeEach(() => start());

  it.each<[string, Record<string, unknown>, Partial<SinchEvent>]>([
    ['the kind of its resource alone', { resourceType: 'NUMBER_ORDER' }, { resourceType: 'NUMBER_ORDER' }],
    [
      'a kind that Sinch has added',
      { ...event, resourceType: 'HOSTING_ORDER' },
      { ...event, resourceType: 'HOSTING_ORDER' },
    ],
    ['a status that Sinch has added', { ...event, status: 'ESCALATED' }, { ...event, status: 'ESCALATED' }],
    [
      'an event type that Sinch has added',
      { ...event, eventType: 'NUMBER_ORDER_MOVED' },
      { ...event, eventType: 'NUMBER_ORDER_MOVED' },
    ],
    ['nothing but null besides', { ...nulled(event), resourceType: 'NUMBER_ORDER' }, { resourceType: 'NUMBER_ORDER' }],
    [
      'fields that cannot be read',
      { ...event, eventId: { $ne: '' }, status: 'X'.repeat(300), timestamp: 7 },
      without('eventId', 'status', 'timestamp'),
    ],
  ])('still reaches its order, which then reads the real state: %s', async (_name, body, read) => {
    expect(await post(body)).toBe(200);
    expect(signalled).toEqual([{ reference: 'order-1', event: read }]);
  });

  it('reaches it every time if it has no id, because it may be a different callback', async () => {
    const nameless = without('eventId');
    expect([await post(nameless), await post(nameless)]).toEqual([200, 200]);
    expect(signalled).toHaveLength(2);
  });

  it('reaches it with any JSON in its optional fields', async () => {
    const names = ['eventId', 'resourceId', 'eventType', 'status', 'timestamp', 'failureCode', 'internalFailureCode'];
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), async (rest) => {
        signalled = [];
        // An id of its own each time, or it would be a repetition.
        expect(await post({ ...rest, eventId: randomUUID(), resourceType: 'NUMBER_ORDER' })).toBe(200);
        expect(signalled).toHaveLength(1);
      }),
    );
  });
});

describe('A callback that is not from Sinch', () => {
  beforeEach(() => start());
  afterEach(() => expect(signalled).toEqual([]));

  it.each([
    ['no signature', ''],
    ['another secret', sign(JSON.stringify(event), 'another-secret-0123456789abcdefghi')],
    ['upper case', sign(JSON.stringify(event)).toUpperCase()],
    ['another body', sign(JSON.stringify({ ...event, status: 'REJECTED' }))],
    ['a malformed signature', 'é'],
  ])('is answered 401 if it is signed with %s', async (_name, signature) => {
    expect(await post(event, { signature: encodeURI(signature) })).toBe(401);
  });

  it('is answered 401 if it is signed over the same JSON in other bytes, because only the raw body counts', async () => {
    expect(await post(JSON.stringify(event, null, 2), { signature: sign(JSON.stringify(event)) })).toBe(401);
  });

  it.each([
    ['another order', callbackPath(secret, 'order-1', 1).replace('order-1', 'order-2')],
    ['another attempt', callbackPath(secret, 'order-1', 1).replace('/1/', '/2/')],
    ['another secret', callbackPath('another-secret-0123456789abcdefghi', 'order-1', 1)],
    ['no mac', 'order-1/1/'],
    ['nothing', ''],
  ])('is answered 404 if its path has the mac of %s', async (_name, path) => {
    expect(await post(event, { path })).toBe(404);
  });

  it('is reported with the reference of its order only if the mac of its path is valid', async () => {
    await post(event, { path: 'order-1/1/guessed' });
    await post('{"secret":"Ada Lovelace"}', { signature: 'forged' });
    expect(reports).toEqual([
      { result: 'path not ours', status: 404 },
      { result: 'forged', status: 401, reference: 'order-1' },
    ]);
  });
});

describe('A callback that cannot be read', () => {
  beforeEach(() => start());
  afterEach(() => expect(signalled).toEqual([]));

  it.each([
    ['no JSON', '{'],
    ['no body', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['no kind of resource', { ...event, resourceType: undefined }],
    ['a kind of resource that is null', { ...event, resourceType: null }],
    ['a kind of resource that is no text', { ...event, resourceType: { $ne: '' } }],
    ['a kind of resource longer than any', { ...event, resourceType: 'X'.repeat(300) }],
  ])('is answered 400 when it is %s', async (_name, body) => {
    expect(await post(body)).toBe(400);
  });

  it('is reported by the names of its fields, never by their values', async () => {
    await post({ ...event, resourceType: ['Ada Lovelace'] });
    expect(reports).toEqual([{ result: 'malformed', status: 400, reference: 'order-1', detail: 'resourceType' }]);
  });
});

describe('A callback that is too large', () => {
  beforeEach(() => start({ maxBodyBytes: 1_000 }));

  it('is answered 413 when its announced length is too large', async () => {
    expect(await post({ ...event, padding: 'x'.repeat(1_000) })).toBe(413);
    expect(signalled).toEqual([]);
  });

  it('is answered 413 while it is still being sent, if it announces no length', async () => {
    const { hostname, port } = new URL(server.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(`POST /${callbackPath(secret, 'order-1', 1)} HTTP/1.1\r\nHost: localhost\r\n`);
        // One chunk above the limit, and none that would end the body.
        socket.write(`Transfer-Encoding: chunked\r\n\r\n7d0\r\n${'x'.repeat(2_000)}\r\n`);
      });
      socket.once('data', (data) => {
        socket.destroy();
        resolve(data.toString('latin1'));
      });
      socket.once('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe('When an order cannot be signalled', () => {
  it('because it does not exist or is closed, Sinch is answered 200 and does not repeat the callback', async () => {
    await start({ signalOrder: async () => 'unknown' });
    expect(await post(event)).toBe(200);
    expect(reports).toEqual([{ result: 'unknown', status: 200, reference: 'order-1' }]);
  });

  it('because Temporal is down, Sinch is answered 503, and the repeated callback reaches the order', async () => {
    let away = true;
    await start({
      signalOrder: async (reference, event) => {
        if (away) throw new Error('Temporal is away');
        signalled.push({ reference, event });
        return 'signalled';
      },
    });
    expect(await post(event)).toBe(503);
    away = false;
    expect(await post(event)).toBe(200);
    expect(signalled).toHaveLength(1);
    expect(reports[0]).toEqual({
      result: 'not delivered',
      status: 503,
      reference: 'order-1',
      detail: 'Temporal is away',
    });
  });
});

describe('When only Sinch’s addresses are allowed', () => {
  const fromSinch = { 'x-forwarded-for': '54.76.19.159' };

  it('a peer outside the list is answered 403, whatever it claims in X-Forwarded-For', async () => {
    await start({ allowedAddresses: ['54.76.19.159'] });
    expect(await post(event, { headers: fromSinch })).toBe(403);
    expect(signalled).toEqual([]);
  });

  it('the address that a trusted proxy reports is used', async () => {
    await start({ allowedAddresses: ['54.76.19.0/24'], trustedProxies: ['127.0.0.0/8', '10.0.0.0/8'] });
    expect(await post(event, { headers: fromSinch })).toBe(200);
    expect(await post(event, { headers: { 'x-forwarded-for': '54.76.19.159, 10.0.0.7' } })).toBe(200);
    expect(await post(event, { headers: { 'x-forwarded-for': '54.76.19.159, 198.51.100.1' } })).toBe(403);
    expect(await post(event, { headers: { 'x-forwarded-for': '54.76.19.159, nonsense' } })).toBe(403);
    expect(await post(event)).toBe(403);
  });

  it.each(['sinch.com', '54.76.19.0/33', '54.76.19.159/', ''])(
    'the receiver refuses to start with the entry %p',
    async (entry) => {
      await start();
      await expect(
        startCallbackReceiver({
          hostname: '127.0.0.1',
          port: 0,
          secret,
          signalOrder: async () => 'unknown',
          allowedAddresses: [entry],
        }),
      ).rejects.toThrow(`${entry} is neither an IP address nor a network`);
    },
  );
});

describe('The receiver', () => {
  it('answers the health check of a load balancer', async () => {
    await start();
    for (const path of ['healthz', 'live', 'ready']) expect((await fetch(`${server.url}/${path}`)).status).toBe(200);
  });

  it('names its setting when its port is taken', async () => {
    await start();
    const { port } = new URL(server.url);
    await expect(
      startCallbackReceiver({
        hostname: '127.0.0.1',
        port: Number(port),
        secret,
        signalOrder: async () => 'unknown',
      }),
    ).rejects.toThrow('EADDRINUSE');
  });
});
