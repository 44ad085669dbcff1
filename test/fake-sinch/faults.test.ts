import type { Fault } from '../../fake-sinch';
import { gbRegistration, PROOF_OF_IDENTITY } from '../support/kyc';
import { type Caller, startStill } from './support';

let sinch: Caller;

beforeEach(async () => {
  sinch = await startStill();
});
afterEach(() => sinch.fake.close());

function ordersMade(): number {
  return sinch.fake.control.audit().orders.length;
}

test.each([401, 403, 404, 429, 500])(
  "a fault with status %i is answered in Sinch's format of errors",
  async (status) => {
    sinch.fake.control.fault({ operation: 'lookupNumberRequirements', effect: 'STATUS', status });
    expect(await sinch.lookup('AU', 'MOBILE')).toMatchObject({ status, body: { error: { code: status } } });
    expect((await sinch.lookup('AU', 'MOBILE')).status).toBe(200);
  },
);

test.each([7, 'Wed, 21 Oct 2026 07:28:00 GMT'])('a fault with Retry-After %s sends that header', async (retryAfter) => {
  sinch.fake.control.fault({ operation: 'getNumberOrder', effect: 'STATUS', status: 429, retryAfter });
  expect((await sinch.order('any')).headers.get('retry-after')).toBe(String(retryAfter));
});

test('a fault with 503 is answered in HTML, as by a proxy', async () => {
  sinch.fake.control.fault({ operation: 'token', effect: 'HTML' });
  const response = await fetch(sinch.fake.authUrl, { method: 'POST' });
  expect(response.status).toBe(503);
  expect(response.headers.get('content-type')).toBe('text/html');
  expect(await response.text()).toContain('<html>');
});

test.each(['STATUS', 'RESET'] as const)(
  '%s BEFORE fails before the request is processed, AFTER fails afterwards',
  async (effect) => {
    sinch.fake.control.fault({ operation: 'createNumberOrder', effect, when: 'BEFORE' });
    await sinch.reserve('US', 'LOCAL').catch(() => undefined);
    expect(ordersMade()).toBe(0);
    sinch.fake.control.fault({ operation: 'createNumberOrder', effect, when: 'AFTER' });
    await sinch.reserve('US', 'LOCAL').catch(() => undefined);
    expect(ordersMade()).toBe(1);
  },
);

describe('an answer in another form', () => {
  const upload = async (id: string): Promise<Response> => {
    const form = new FormData();
    form.set('file', new Blob(['a passport'], { type: 'application/pdf' }), 'passport.pdf');
    const path = `numberOrders/${id}/attachments/${PROOF_OF_IDENTITY}`;
    return fetch(`${sinch.fake.url}/v1/projects/${sinch.fake.projectId}/${path}`, {
      method: 'POST',
      headers: { authorization: sinch.basic },
      body: form,
    });
  };

  test.each<[Partial<Fault>, number, string | null, string]>([
    [{ status: 201, body: {} }, 201, 'application/json', '{}'],
    [{ body: 'OK' }, 200, 'text/plain', 'OK'],
    [{ body: '<p>Thank you</p>', contentType: 'text/html' }, 200, 'text/html', '<p>Thank you</p>'],
    [{}, 200, null, ''],
    [{ status: 204 }, 204, null, ''],
  ])('replaces the answer to an upload that was processed: %p', async (form, status, type, body) => {
    const id = await sinch.reserve('AU', 'MOBILE');
    sinch.fake.control.fault({ operation: 'uploadAttachment', effect: 'ANSWER', when: 'AFTER', ...form });
    const response = await upload(id);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
    expect(await response.text()).toBe(body);
    expect(sinch.fake.control.audit().orders[0]?.attachments[PROOF_OF_IDENTITY]).toMatchObject({ uploads: 1 });
  });

  test('replaces the answer to an accepted registration, and not to a refused one', async () => {
    const id = await sinch.reserve('GB', 'MOBILE');
    const fault = { operation: 'updateRegistration', effect: 'ANSWER', when: 'AFTER', times: 'ALWAYS' } as const;
    sinch.fake.control.fault({ ...fault, body: {} });
    expect((await sinch.register(id, [])).status).toBe(400);
    const path = `/v1/projects/${sinch.fake.projectId}/numberOrders/${id}/registration`;
    const response = await fetch(sinch.fake.url + path, {
      method: 'PUT',
      headers: { authorization: sinch.basic },
      body: JSON.stringify({ requestDetails: gbRegistration }),
    });
    expect(await response.json()).toEqual({});
    expect(sinch.fake.control.registrationOf(id)).toEqual(gbRegistration);
  });

  test('can be that of a gateway that forwards nothing', async () => {
    const body = { message: 'no Route matched with those values' };
    sinch.fake.control.fault({ operation: 'createNumberOrder', effect: 'ANSWER', status: 404, body });
    const path = `/v1/projects/${sinch.fake.projectId}/numberOrders:createNumberOrder`;
    const response = await fetch(sinch.fake.url + path, { method: 'POST', body: '{}' });
    expect([response.status, await response.json()]).toEqual([404, body]);
    expect(ordersMade()).toBe(0);
  });
});

test('a fault that resets ends the connection without an answer', async () => {
  sinch.fake.control.fault({ operation: 'submit', effect: 'RESET' });
  await expect(sinch.submit('any')).rejects.toThrow('fetch failed');
});

test('a fault that hangs never answers, and does not prevent the fake from closing', async () => {
  sinch.fake.control.fault({ operation: 'createNumberOrder', effect: 'HANG', when: 'AFTER' });
  const answer = sinch.reserve('US', 'LOCAL');
  const refused = expect(answer).rejects.toThrow('fetch failed');
  while (ordersMade() === 0) await new Promise(setImmediate);
  await sinch.fake.close();
  await refused;
});

test('a fault that delays answers as usual, with what happened in the meantime', async () => {
  const id = await sinch.reserve('US', 'LOCAL');
  sinch.fake.control.fault({ operation: 'getNumberOrder', effect: 'DELAY', delayMs: 100 });
  const answer = sinch.order(id);
  while (sinch.fake.control.audit().requests.getNumberOrder === undefined) await new Promise(setImmediate);
  sinch.fake.control.moveOrder(id, 'REJECTED');
  expect(await answer).toMatchObject({ status: 200, body: { state: 'REJECTED' } });
});

test('a fault applies to as many requests as it says, of its own operation', async () => {
  sinch.fake.control.fault({ operation: 'getNumberOrder', effect: 'STATUS', times: 2 });
  expect((await sinch.registration('any')).status).toBe(404);
  expect((await sinch.order('any')).status).toBe(500);
  expect((await sinch.order('any')).status).toBe(500);
  expect((await sinch.order('any')).status).toBe(404);
  expect(sinch.fake.control.audit().requests).toEqual({
    getNumberOrder: { count: 3, faulted: 2 },
    getRegistration: { count: 1, faulted: 0 },
  });
});

test('faults with ALWAYS last until they are cleared', async () => {
  sinch.fake.control.fault({ operation: '*', effect: 'STATUS', times: 'ALWAYS' });
  for (let call = 0; call < 5; call += 1) expect((await sinch.order('any')).status).toBe(500);
  sinch.fake.control.clearFaults();
  expect((await sinch.order('any')).status).toBe(404);
});

test('faults at random are the same for the same seed', async () => {
  const chaos: Fault = { operation: '*', effect: 'STATUS', times: 'ALWAYS', probability: 0.5, seed: 42 };
  const run = async (): Promise<number[]> => {
    sinch.fake.control.clearFaults();
    sinch.fake.control.fault(chaos);
    const statuses: number[] = [];
    for (let call = 0; call < 20; call += 1) statuses.push((await sinch.order('any')).status);
    return statuses;
  };
  const first = await run();
  expect(new Set(first)).toEqual(new Set([404, 500]));
  expect(await run()).toEqual(first);
});

describe('faults at random', () => {
  const kindsAfter = async (requests: number): Promise<Record<string, number>> => {
    // Not awaited: some are never answered.
    for (let request = 0; request < requests; request += 1) sinch.order('any').catch(() => undefined);
    const arrived = () => sinch.fake.control.audit().requests.getNumberOrder?.count === requests;
    while (!arrived()) await new Promise(setImmediate);
    return sinch.fake.control.audit().faults;
  };

  test('hit the set share of all requests, and are of every kind', async () => {
    sinch.fake.control.faultAtRandom({ probability: 1, statuses: [429, 503], longestDelayMs: 1 });
    expect(Object.keys(await kindsAfter(150)).sort()).toEqual([
      'DELAY',
      'HANG AFTER',
      'HANG BEFORE',
      'HTML AFTER',
      'HTML BEFORE',
      'RESET AFTER',
      'RESET BEFORE',
      'STATUS 429 BEFORE',
      'STATUS 503 AFTER',
      'STATUS 503 BEFORE',
    ]);
    expect(sinch.fake.control.audit().requests.getNumberOrder).toEqual({ count: 150, faulted: 150 });
  });

  test('are the same with the same seed', async () => {
    sinch.fake.control.faultAtRandom({ probability: 0.5, seed: 7, statuses: [500], longestDelayMs: 1 });
    const first = await kindsAfter(40);
    await sinch.fake.close();
    sinch = await startStill();
    sinch.fake.control.faultAtRandom({ probability: 0.5, seed: 7, statuses: [500], longestDelayMs: 1 });
    expect(await kindsAfter(40)).toEqual(first);
  });

  test('stop when faults are cleared', async () => {
    sinch.fake.control.faultAtRandom({ probability: 1, statuses: [500], longestDelayMs: 1 });
    sinch.fake.control.clearFaults();
    expect(await kindsAfter(10)).toEqual({});
  });
});
