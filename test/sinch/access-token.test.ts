import { hang, html, json, resetAfterReading, text } from '../support/scripted-server';
import { creation, failureOf, order, ScriptedSinch, token } from './scripted-sinch';

let sinch: ScriptedSinch;
let now = 0;
beforeEach(async () => {
  now = Date.parse('2026-01-01T00:00:00Z');
  sinch = await ScriptedSinch.start({ now: () => now });
  sinch.answers(json(200, order()));
});
afterEach(() => sinch.close());

const bearers = () => sinch.apiRequests.map(({ headers }) => headers.authorization);

describe('the access token', () => {
  test('is requested with the key by HTTP Basic, and with the grant type as a form', async () => {
    await sinch.client.getNumberOrder('order-1');
    const [request] = sinch.tokenRequests;
    expect(request).toMatchObject({ method: 'POST', body: 'grant_type=client_credentials' });
    expect(request?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('key:secret').toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': expect.stringMatching(/^number-orders\/\d/) as string,
      'x-correlation-id': expect.any(String) as string,
    });
  });

  test('is shared by all calls that wait for it and those that follow', async () => {
    await Promise.all(Array.from({ length: 20 }, () => sinch.client.getNumberOrder('order-1')));
    await sinch.client.getNumberOrder('order-1');
    expect(sinch.tokenRequests).toHaveLength(1);
    expect(new Set(bearers())).toEqual(new Set(['Bearer token-1']));
  });

  test('is renewed a minute before it expires', async () => {
    sinch.tokens(token('token-1', 3600), token('token-2', 3600));
    await sinch.client.getNumberOrder('order-1');
    now += 3_539_000;
    await sinch.client.getNumberOrder('order-1');
    now += 1000;
    await sinch.client.getNumberOrder('order-1');
    expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  test('that lives ten seconds is used for nine', async () => {
    sinch.tokens(token('token-1', 10), token('token-2', 10));
    await sinch.client.getNumberOrder('order-1');
    now += 8999;
    await sinch.client.getNumberOrder('order-1');
    now += 1;
    await sinch.client.getNumberOrder('order-1');
    expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });
});

describe('a call answered 401', () => {
  test('is made once more with a new token', async () => {
    sinch.tokens(token('token-1'), token('token-2'));
    sinch.answers(json(401, {}), json(200, order()));
    expect(await sinch.client.createNumberOrder(creation)).toMatchObject({ idNumberOrder: 'order-1' });
    expect(bearers()).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(sinch.apiRequests[1]?.body).toBe(sinch.apiRequests[0]?.body);
  });

  test('twice fails with SinchUnauthorized, and is not made a third time', async () => {
    sinch.answers(json(401, {}));
    expect(await failureOf(sinch.client.createNumberOrder(creation))).toMatchObject({
      type: 'SinchUnauthorized',
      status: 401,
      possiblyProcessed: false,
    });
    expect(sinch.apiRequests).toHaveLength(2);
  });

  test('with many others asks for one new token only', async () => {
    sinch.tokens(token('token-1'), token('token-2'));
    sinch.answers({
      reads: true,
      answer: (response) => {
        const isFirst = response.req.headers.authorization === 'Bearer token-1';
        response.writeHead(isFirst ? 401 : 200).end(JSON.stringify(order()));
      },
    });
    await Promise.all([1, 2, 3, 4, 5].map(() => sinch.client.getNumberOrder('order-1')));
    expect(sinch.tokenRequests).toHaveLength(2);
  });
});

describe('a token that cannot be fetched', () => {
  test.each([
    [400, 'SinchUnauthorized'],
    [401, 'SinchUnauthorized'],
    [403, 'SinchUnauthorized'],
    [404, 'SinchUnavailable'],
    [429, 'SinchRateLimited'],
    [500, 'SinchUnavailable'],
    [503, 'SinchUnavailable'],
  ])('because of %d fails with %s, and the order was not created', async (status, type) => {
    sinch.tokens(json(status, { error: 'invalid_client' }, { 'Retry-After': '3' }));
    expect(await failureOf(sinch.client.createNumberOrder(creation))).toMatchObject({
      type,
      status,
      operation: 'requestAccessToken',
      possiblyProcessed: false,
      retryAfterMs: 3000,
    });
    expect(sinch.apiRequests).toHaveLength(0);
  });

  test.each([
    ['a time-out', hang],
    ['a reset', resetAfterReading],
    ['a page that is not JSON', html(200)],
    ['an answer without a token', json(200, { expires_in: 3600 })],
    ['an empty answer', text(200, '')],
  ])('because of %s fails with SinchUnavailable, and the order was not created', async (_name, step) => {
    sinch.tokens(step);
    expect(await failureOf(sinch.newClient({ timeoutMs: 1000 }).createNumberOrder(creation))).toMatchObject({
      type: 'SinchUnavailable',
      operation: 'requestAccessToken',
      possiblyProcessed: false,
    });
  });

  it.each([
    json(200, { access_token: 'token-1', expires_in: 'long' }),
    json(200, { access_token: 'token-1', expires_in: null }),
    json(201, { access_token: 'token-1', expires_in: '3600', scope: '', token_type: 'bearer' }),
  ])('is fetched from an answer whose other fields are invalid (%#)', async (step) => {
    sinch.tokens(step);
    await sinch.client.getNumberOrder('order-1');
    expect(sinch.apiRequests[0]?.headers.authorization).toBe('Bearer token-1');
  });

  test('fails all calls that wait for it, and the next call requests it again', async () => {
    sinch.tokens(json(429, {}), token('token-1'));
    const calls = Array.from({ length: 3 }, () => failureOf(sinch.client.getNumberOrder('order-1')));
    expect((await Promise.all(calls)).map(({ type }) => type)).toEqual(Array(3).fill('SinchRateLimited'));
    expect(await sinch.client.getNumberOrder('order-1')).toMatchObject({ state: 'CREATED' });
    expect(sinch.tokenRequests).toHaveLength(2);
  });

  test('after a 401 fails the call, and the 401 proves that it was not processed', async () => {
    sinch.tokens(token('token-1'), json(503, {}));
    sinch.answers(json(401, {}));
    expect(await failureOf(sinch.client.createNumberOrder(creation))).toMatchObject({
      type: 'SinchUnavailable',
      possiblyProcessed: false,
    });
  });
});

describe('HTTP Basic in place of OAuth', () => {
  test('sends the key with every call and requests no token', async () => {
    await sinch.newClient({ authentication: 'basic' }).getNumberOrder('order-1');
    expect(bearers()).toEqual([`Basic ${Buffer.from('key:secret').toString('base64')}`]);
    expect(sinch.tokenRequests).toHaveLength(0);
  });

  test('reports a 401 as SinchUnauthorized, without a second call', async () => {
    sinch.answers(json(401, {}));
    const failure = await failureOf(sinch.newClient({ authentication: 'basic' }).getNumberOrder('order-1'));
    expect(failure).toMatchObject({ type: 'SinchUnauthorized' });
    expect(sinch.apiRequests).toHaveLength(1);
  });
});
