import { version } from '../../package.json';
import type { SinchClient } from '../../src/sinch';
import { json } from '../support/scripted-server';
import { creation, failureOf, order, ScriptedSinch } from './scripted-sinch';

let sinch: ScriptedSinch;
beforeEach(async () => {
  sinch = await ScriptedSinch.start();
  sinch.answers(json(200, { ...order(), phoneNumber: '+61400000001' }));
});
afterEach(() => sinch.close());

const PROJECT = '/v1/projects/project-1';
const lookup = { regionCode: 'AU', numberType: 'MOBILE' } as const;
const hmacSecret = 'a'.repeat(32);

describe('each endpoint is called as Sinch documents it', () => {
  test.each<[string, (client: SinchClient) => Promise<unknown>, string, string, unknown]>([
    [
      'lookupNumberRequirements',
      (client) => client.lookupNumberRequirements(lookup),
      'POST',
      '/numberOrders:lookupNumberRequirements',
      lookup,
    ],
    [
      'searchAvailableNumbers',
      (client) => client.searchAvailableNumbers(lookup),
      'GET',
      '/availableNumbers?regionCode=AU&type=MOBILE',
      '',
    ],
    [
      'getAvailableNumber',
      (client) => client.getAvailableNumber('+61400000001'),
      'GET',
      '/availableNumbers/+61400000001',
      '',
    ],
    ['listAvailableRegions', (client) => client.listAvailableRegions(), 'GET', '/availableRegions', ''],
    [
      'createNumberOrder',
      (client) => client.createNumberOrder(creation),
      'POST',
      '/numberOrders:createNumberOrder',
      creation,
    ],
    ['getNumberOrder', (client) => client.getNumberOrder('order-1'), 'GET', '/numberOrders/order-1', ''],
    [
      'updateRegistration',
      (client) => client.updateRegistration('order-1', { data: [1] }),
      'PUT',
      '/numberOrders/order-1/registration',
      { requestDetails: { data: [1] } },
    ],
    ['getRegistration', (client) => client.getRegistration('order-1'), 'GET', '/numberOrders/order-1/registration', ''],
    ['submitNumberOrder', (client) => client.submitNumberOrder('order-1'), 'POST', '/numberOrders/order-1/submit', ''],
    [
      'listActiveNumbers',
      (client) => client.listActiveNumbers({ ...lookup, pageToken: 'next' }),
      'GET',
      '/activeNumbers?regionCode=AU&type=MOBILE&pageSize=100&pageToken=next',
      '',
    ],
    ['getActiveNumber', (client) => client.getActiveNumber('+61400000001'), 'GET', '/activeNumbers/+61400000001', ''],
    [
      'releaseNumber',
      (client) => client.releaseNumber('+61400000001'),
      'POST',
      '/activeNumbers/+61400000001:release',
      '',
    ],
    ['getCallbackConfiguration', (client) => client.getCallbackConfiguration(), 'GET', '/callbackConfiguration', ''],
    [
      'updateCallbackConfiguration',
      (client) => client.updateCallbackConfiguration({ hmacSecret }),
      'PATCH',
      '/callbackConfiguration',
      { hmacSecret },
    ],
  ])('%s', async (operation, call, method, path, body) => {
    await call(sinch.client);
    const [request] = sinch.apiRequests;
    expect(request).toMatchObject({ method, url: PROJECT + path });
    expect(request?.body).toBe(body === '' ? '' : JSON.stringify(body));
    expect(request?.headers['content-type']).toBe(body === '' ? undefined : 'application/json');
    expect(sinch.calls.at(-1)).toMatchObject({ operation, status: 200 });
  });

  test('a search carries its pattern and every capability', async () => {
    await sinch.client.searchAvailableNumbers({
      ...lookup,
      pattern: '+61 4',
      searchPattern: 'START',
      capabilities: ['SMS', 'VOICE'],
      size: 5,
    });
    const query = new URL(sinch.apiRequests[0]?.url ?? '', sinch.server.url).searchParams;
    expect([...query]).toEqual([
      ['regionCode', 'AU'],
      ['type', 'MOBILE'],
      ['numberPattern.pattern', '+61 4'],
      ['numberPattern.searchPattern', 'START'],
      ['capabilities', 'SMS'],
      ['capabilities', 'VOICE'],
      ['size', '5'],
    ]);
  });
});

describe('every request', () => {
  test('has a user agent and a correlation id of its own', async () => {
    await sinch.client.getNumberOrder('order-1');
    await sinch.client.getNumberOrder('order-1');
    const headers = sinch.server.requests.map((request) => request.headers);
    expect(new Set(headers.map((header) => header['user-agent']))).toEqual(new Set([`number-orders/${version}`]));
    expect(new Set(headers.map((header) => header['x-correlation-id'])).size).toBe(3);
    expect(sinch.calls.map(({ correlationId }) => correlationId)).toEqual(
      headers.map((header) => header['x-correlation-id']),
    );
  });

  test('is reported with its operation, its status and its duration, and nothing else', async () => {
    await sinch.client.getNumberOrder('order-1');
    expect(sinch.calls).toEqual(
      ['requestAccessToken', 'getNumberOrder'].map((operation) => ({
        operation,
        status: 200,
        durationMs: expect.any(Number) as number,
        correlationId: expect.any(String) as string,
      })),
    );
  });

  test('that fails is reported with its failure', async () => {
    sinch.answers(json(429, {}));
    await failureOf(sinch.client.getNumberOrder('order-1'));
    expect(sinch.calls.at(-1)).toMatchObject({ status: 429, failure: 'SinchRateLimited' });
  });

  test('succeeds even if reporting it throws', async () => {
    const client = sinch.newClient({
      onCall: () => {
        throw new Error('no metrics today');
      },
    });
    expect(await client.createNumberOrder(creation)).toMatchObject({ idNumberOrder: 'order-1' });
  });

  test('goes to the same URL whether or not the base URL ends with a slash', async () => {
    await sinch.newClient({ numbersUrl: `${sinch.server.url}//` }).getNumberOrder('order-1');
    expect(sinch.apiRequests[0]?.url).toBe(`${PROJECT}/numberOrders/order-1`);
  });
});

describe('an id', () => {
  test('cannot change other parts of the URL', async () => {
    await sinch.client.getNumberOrder('../a/b?c#d');
    expect(sinch.apiRequests[0]?.url).toBe(`${PROJECT}/numberOrders/..%2Fa%2Fb%3Fc%23d`);
  });

  test.each(['', '.', '..'])('that is %p is refused before anything is sent', async (id) => {
    expect(await failureOf(sinch.client.submitNumberOrder(id))).toMatchObject({
      type: 'SinchInvalidArgument',
      operation: 'submitNumberOrder',
      possiblyProcessed: false,
    });
    expect(sinch.apiRequests).toHaveLength(0);
  });
});
