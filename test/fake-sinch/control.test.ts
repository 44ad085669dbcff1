import { createHash } from 'node:crypto';

import { startFakeSinch } from '../../fake-sinch';
import { PROOF_OF_IDENTITY } from '../support/kyc';
import { auRegistration, Caller, startStill, violatedFields } from './support';

let sinch: Caller;

beforeEach(async () => {
  sinch = await startStill();
});
afterEach(() => sinch.fake.close());

async function control(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${sinch.fake.url}/__control/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

describe('the audit', () => {
  test('lists for each order what was reserved, sent and submitted, without the registration itself', async () => {
    const id = await sinch.reserve('AU', 'MOBILE', { callbackUrl: 'http://127.0.0.1:9/callback' });
    await sinch.register(id, auRegistration());
    await sinch.upload(id, PROOF_OF_IDENTITY, { bytes: 'first' });
    await sinch.upload(id, PROOF_OF_IDENTITY, { bytes: 'second' });
    const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
    const audit = await control('GET', 'audit');
    expect(audit.body).toMatchObject({
      orders: [
        {
          idNumberOrder: id,
          regionCode: 'AU',
          numberType: 'MOBILE',
          phoneNumbers: ['+61480000000'],
          state: 'CREATED',
          submits: 0,
          submitAttempts: 0,
          registrationPuts: 1,
          registrationSha256: sha256(JSON.stringify({ data: auRegistration() })),
          attachments: { [PROOF_OF_IDENTITY]: { uploads: 2, sha256: sha256('second'), status: 'WAITING' } },
          callbackUrl: 'http://127.0.0.1:9/callback',
          released: false,
        },
      ],
      requests: { createNumberOrder: { count: 1, faulted: 0 }, uploadAttachment: { count: 2, faulted: 0 } },
      callbacks: [],
    });
    expect(JSON.stringify(audit.body)).not.toContain('Alex');
  });
});

describe('the clock', () => {
  test('follows the source it is given', async () => {
    let now = Date.parse('2030-01-01T00:00:00Z');
    const fake = await startFakeSinch({ now: () => now });
    const caller = new Caller(fake);
    const id = await caller.reserve('AU', 'MOBILE');
    expect((await caller.order(id)).body).toMatchObject({ createTime: '2030-01-01T00:00:00.000Z' });
    now += 48 * 3600 * 1000;
    expect(await caller.state(id)).toBe('EXPIRED');
    await fake.close();
  });

  test('continues from the time it was set to', async () => {
    sinch.fake.control.setClock('2031-05-01T00:00:00Z');
    expect(sinch.fake.control.clock).toEqual({ now: '2031-05-01T00:00:00.000Z', running: false });
    sinch.fake.control.resumeClock();
    while (sinch.fake.control.clock.now === '2031-05-01T00:00:00.000Z');
    expect(sinch.fake.control.clock.now).toMatch(/^2031-05-01T00:0/);
    expect(() => sinch.fake.control.setClock('tomorrow')).toThrow('Invalid argument');
  });
});

describe('the inventory and the requirements', () => {
  test('can have a region that a test adds', async () => {
    expect(violatedFields(await sinch.lookup('FR', 'LOCAL'))).toEqual(['regionCode']);
    const number = { phoneNumber: '+33123456789', regionCode: 'FR', type: 'LOCAL', capabilities: ['SMS'] } as const;
    sinch.fake.control.addNumber({ ...number, capabilities: ['SMS'] });
    expect((await sinch.lookup('FR', 'LOCAL')).status).toBe(404);
    sinch.fake.control.setRequirements('FR', 'LOCAL', { fields: { rules: [{ template: {} }] } });
    expect((await sinch.lookup('FR', 'LOCAL')).body).toEqual({ fields: { rules: [{ template: {} }] } });
    const id = await sinch.reserve('FR', 'LOCAL');
    expect(violatedFields(await sinch.submit(id))).toEqual(['registration']);
    sinch.fake.control.removeNumber('+33123456789');
    sinch.fake.control.setRequirements('FR', 'LOCAL', undefined);
    expect((await sinch.lookup('FR', 'LOCAL')).status).toBe(400);
  });

  test('can be hostile, with patterns that never end or cannot be read, without harm to the fake', async () => {
    const template = {
      slow: { required: true, pattern: '^(a+)+$' },
      broken: { pattern: '(' },
      unknown: 'free text',
    };
    sinch.fake.control.setRequirements('GB', 'MOBILE', { fields: { rules: [{ template }, 'no rule', null] } });
    const id = await sinch.reserve('GB', 'MOBILE');
    const reply = await sinch.register(id, [{ slow: `${'a'.repeat(50_000)}!`, broken: 'x', unknown: 5 }]);
    expect(violatedFields(reply)).toEqual(['requestDetails.data[0].slow']);
    expect((await sinch.register(id, [{ slow: 'aaa' }])).status).toBe(200);
  });

  test('can have numbers that are taken and freed', () => {
    sinch.fake.control.takeNumbers('+61480000000');
    expect(sinch.fake.control.availableNumbers('AU', 'MOBILE')).not.toContain('+61480000000');
    sinch.fake.control.freeNumbers('+61480000000');
    expect(sinch.fake.control.availableNumbers('AU', 'MOBILE')).toContain('+61480000000');
  });
});

describe('the control over HTTP', () => {
  test('reports that the fake is ready', async () => {
    expect(await control('GET', 'health')).toEqual({ status: 200, body: { status: 'OK' } });
  });

  test('changes the settings it names and no others', async () => {
    await control('POST', 'settings', { reviewSeconds: 10 });
    expect((await control('POST', 'settings', { reservationSeconds: 60 })).status).toBe(200);
    expect((await control('GET', 'settings')).body).toMatchObject({
      reviewSeconds: 10,
      reservationSeconds: 60,
      uploadSeconds: 1,
    });
  });

  test('moves the clock', async () => {
    await control('POST', 'clock', { running: false, set: '2030-01-01T00:00:00Z', advanceMs: 1_000 });
    expect((await control('GET', 'clock')).body).toEqual({ now: '2030-01-01T00:00:01.000Z', running: false });
    expect((await control('POST', 'clock', { running: true })).body).toMatchObject({ running: true });
  });

  test('plans, moves and loses orders', async () => {
    await control('POST', 'orders/next', { review: ['BLOCK'] });
    const id = await sinch.reserve('US', 'LOCAL');
    await sinch.submit(id);
    sinch.fake.control.advance(3_000);
    expect(await sinch.state(id)).toBe('BLOCKED');
    await control('POST', `orders/${id}`, { state: 'REJECTED', message: 'No' });
    expect((await sinch.registration(id)).body).toMatchObject({ logs: [{}, { message: 'No' }] });
    await control('POST', `orders/${id}`, { vanished: true });
    expect((await sinch.order(id)).status).toBe(404);
    expect((await control('POST', 'orders/none', { plan: { review: ['APPROVE'] } })).status).toBe(404);
  });

  test('puts an order into an unknown state until its state changes', async () => {
    const id = await sinch.reserve('US', 'LOCAL');
    await control('POST', `orders/${id}`, { shownState: 'ON_HOLD' });
    // Not by the caller, which holds each answer to what Sinch documents.
    const response = await fetch(`${sinch.fake.url}/v1/projects/${sinch.fake.projectId}/numberOrders/${id}`, {
      headers: { authorization: sinch.basic },
    });
    expect(await response.json()).toMatchObject({ state: 'ON_HOLD' });
    expect(sinch.fake.control.audit().orders).toMatchObject([{ state: 'CREATED' }]);
    await sinch.submit(id);
    expect(await sinch.state(id)).toBe('IN_REVIEW');
  });

  test('orders and clears faults', async () => {
    await control('POST', 'faults', { operation: 'getNumberOrder', effect: 'STATUS', status: 401, times: 'ALWAYS' });
    expect((await sinch.order('any')).status).toBe(401);
    await control('DELETE', 'faults');
    expect((await sinch.order('any')).status).toBe(404);
    expect((await control('DELETE', 'tokens')).status).toBe(200);
  });

  test('changes numbers and requirements', async () => {
    const add = [{ phoneNumber: '+33123456789', regionCode: 'FR', type: 'LOCAL', capabilities: ['VOICE'] }];
    await control('POST', 'numbers', { add, take: ['+61480000000'] });
    expect(sinch.fake.control.availableNumbers('FR', 'LOCAL')).toEqual(['+33123456789']);
    expect(sinch.fake.control.availableNumbers('AU', 'MOBILE')).not.toContain('+61480000000');
    await control('POST', 'numbers', { remove: ['+33123456789'], free: ['+61480000000'] });
    expect(sinch.fake.control.availableNumbers('FR', 'LOCAL')).toEqual([]);
    await control('POST', 'requirements', { regionCode: 'AU', numberType: 'MOBILE', requirements: null });
    expect((await sinch.lookup('AU', 'MOBILE')).status).toBe(404);
  });

  test('loses, doubles and waits for callbacks', async () => {
    expect((await control('POST', 'callbacks', { drop: 1, double: 1, flush: true })).status).toBe(200);
    const id = await sinch.reserve('US', 'LOCAL', { callbackUrl: 'http://127.0.0.1:9/callback' });
    sinch.fake.control.moveOrder(id, 'EXPIRED');
    expect(sinch.fake.control.audit().callbacks).toMatchObject([{ dropped: true, deliveries: 0 }]);
  });

  test('refuses unknown fields by name', async () => {
    const refused = [
      control('POST', 'settings', { reviewSeconds: -1 }),
      control('POST', 'settings', { reviewMinutes: 1 }),
      control('POST', 'faults', { operation: 'fly', effect: 'STATUS' }),
      control('POST', 'faults', { operation: 'submit', effect: 'STATUS', status: 204 }),
      control('POST', 'clock', { set: 'tomorrow' }),
    ];
    for (const reply of await Promise.all(refused)) {
      expect(reply).toMatchObject({ status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } });
    }
    expect((await control('GET', 'nothing')).status).toBe(404);
  });
});
