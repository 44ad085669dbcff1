import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { expectDocumentedRequest } from '../support/openapi';
import { type Caller, startStill } from './support';

interface Received {
  body: string;
  signature: string | undefined;
}

let sinch: Caller;
let receiver: Server;
let callbackUrl: string;
let received: Received[];
/** What the receiver answers, one status for each delivery; 200 once they are used up. */
let answers: number[];

beforeEach(async () => {
  sinch = await startStill({ callbackRetryMs: 1 });
  received = [];
  answers = [];
  receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      received.push({ body, signature: request.headers['x-sinch-signature'] as string | undefined });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  callbackUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/callbacks`;
});
afterEach(async () => {
  await sinch.fake.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

function events(): Record<string, unknown>[] {
  return received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
}

async function statuses(): Promise<unknown[]> {
  await sinch.fake.control.flushCallbacks();
  return events().map(({ status }) => status);
}

describe('an order with a callbackUrl', () => {
  test('sends callbacks from review to the linking of its number, in that order', async () => {
    const id = await sinch.reserve('US', 'LOCAL', { callbackUrl, smsConfiguration: { servicePlanId: 'plan' } });
    await sinch.submit(id);
    sinch.fake.control.advance(60_000);
    expect(await statuses()).toEqual(['IN_REVIEW', 'COMPLETED', 'SUCCEEDED']);
    const { phoneNumbers } = sinch.fake.control.audit().orders[0] ?? { phoneNumbers: [] };
    expect(events()).toMatchObject([
      { resourceType: 'NUMBER_ORDER', resourceId: id, eventType: 'NUMBER_ORDER_PROCESSING' },
      { resourceType: 'NUMBER_ORDER', resourceId: id },
      {
        resourceType: 'ACTIVE_NUMBER',
        resourceId: phoneNumbers[0],
        eventType: 'PROVISIONING_TO_SMS_PLATFORM',
      },
    ]);
    for (const event of events()) expectDocumentedRequest('callback', event);
    expect(new Set(events().map(({ eventId }) => eventId)).size).toBe(3);
  });

  test('sends the time at which each thing happened, however far the clock jumped', async () => {
    const begin = Date.parse(sinch.fake.control.clock.now);
    await sinch.submit(await sinch.reserve('US', 'LOCAL', { callbackUrl }));
    sinch.fake.control.advance(24 * 3600 * 1000);
    await sinch.fake.control.flushCallbacks();
    const times = events().map(({ timestamp }) => Date.parse(`${String(timestamp)}Z`) - begin);
    expect(times).toEqual([0, 3_000]);
  });

  test.each([
    ['REJECT', ['IN_REVIEW', 'REJECTED']],
    ['BLOCK', ['IN_REVIEW', 'BLOCKED']],
  ] as const)('sends the verdict %s', async (verdict, expected) => {
    sinch.fake.control.planNextOrder({ review: [verdict] });
    await sinch.submit(await sinch.reserve('US', 'LOCAL', { callbackUrl }));
    sinch.fake.control.advance(3_000);
    expect(await statuses()).toEqual(expected);
  });

  test('sends the end of its reservation, and nothing before it', async () => {
    await sinch.reserve('AU', 'MOBILE', { callbackUrl });
    expect(await statuses()).toEqual([]);
    sinch.fake.control.advance(48 * 3600 * 1000);
    expect(await statuses()).toEqual(['EXPIRED']);
  });

  test('sends the code with which the linking of voice failed, and that the linking of SMS failed, as Sinch does', async () => {
    const smsConfiguration = { servicePlanId: 'LINK-FAIL' };
    const voiceConfiguration = { type: 'RTC', appId: 'app' };
    const id = await sinch.reserve('US', 'LOCAL', { callbackUrl, smsConfiguration, voiceConfiguration });
    sinch.fake.control.moveOrder(id, 'COMPLETED');
    sinch.fake.control.advance(2_000);
    expect(await statuses()).toEqual(['COMPLETED', 'FAILED', 'FAILED']);
    expect(events()[1]).not.toHaveProperty('failureCode');
    expect(events()[2]).toMatchObject({ failureCode: 'PROVISIONING_TO_VOICE_PLATFORM_FAILED' });
  });

  test('sends a campaign that cannot be linked, with the code of the plan', async () => {
    sinch.fake.control.planNextOrder({ sms: 'FAIL', smsErrorCodes: ['CAMPAIGN_EXPIRED'] });
    const smsConfiguration = { servicePlanId: 'plan', campaignId: 'campaign' };
    sinch.fake.control.moveOrder(await sinch.reserve('US', 'LOCAL', { callbackUrl, smsConfiguration }), 'COMPLETED');
    sinch.fake.control.advance(2_000);
    expect(await statuses()).toEqual(['COMPLETED', 'FAILED']);
    expect(events()[1]).toMatchObject({ eventType: 'PROVISIONING_TO_CAMPAIGN', failureCode: 'CAMPAIGN_EXPIRED' });
  });

  test('sends nulls if the setting says so', async () => {
    sinch.fake.control.configure({ nullsForAbsent: true });
    sinch.fake.control.moveOrder(await sinch.reserve('US', 'LOCAL', { callbackUrl }), 'EXPIRED');
    await sinch.fake.control.flushCallbacks();
    expect(events()).toMatchObject([{ status: 'EXPIRED', failureCode: null, internalFailureCode: null }]);
    for (const event of events()) expectDocumentedRequest('callback', event);
  });

  test('sends a state that no client knows', async () => {
    const id = await sinch.reserve('US', 'LOCAL', { callbackUrl });
    sinch.fake.control.showState(id, 'ON_HOLD');
    expect(await statuses()).toEqual(['ON_HOLD']);
  });
});

describe('a callback', () => {
  async function send(): Promise<void> {
    sinch.fake.control.moveOrder(await sinch.reserve('US', 'LOCAL', { callbackUrl }), 'EXPIRED');
    await sinch.fake.control.flushCallbacks();
  }

  test('is signed over its raw body with the secret of the project', async () => {
    await send();
    const hmacSecret = 'another-secret-of-the-same-project-1';
    await sinch.call('updateCallbackConfiguration', 'PATCH', '/callbackConfiguration', { hmacSecret });
    await send();
    const secrets = [sinch.fake.hmacSecret, hmacSecret];
    expect(received.map(({ signature }) => signature)).toEqual(
      received.map(({ body }, index) =>
        createHmac('sha1', secrets[index] ?? '')
          .update(body)
          .digest('hex'),
      ),
    );
    const { body } = await sinch.call('getCallbackConfiguration', 'GET', '/callbackConfiguration');
    expect(body).toEqual({ projectId: sinch.fake.projectId, hmacSecret });
  });

  test('cannot be signed with a secret that is too short', async () => {
    const reply = await sinch.call('updateCallbackConfiguration', 'PATCH', '/callbackConfiguration', {
      hmacSecret: 'short',
    });
    expect(reply.status).toBe(400);
  });

  test('is repeated unchanged until it is answered with 2xx', async () => {
    answers = [500, 302];
    await send();
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(sinch.fake.control.audit().callbacks).toMatchObject([{ deliveries: 3, answered: 200 }]);
  });

  test('is no longer repeated after the attempts of the setting', async () => {
    sinch.fake.control.configure({ callbackAttempts: 2 });
    answers = [500, 500];
    await send();
    expect(sinch.fake.control.audit().callbacks).toMatchObject([{ deliveries: 2, answered: 500 }]);
  });

  test('can be lost', async () => {
    sinch.fake.control.dropCallbacks(1);
    await send();
    await send();
    expect(received).toHaveLength(1);
    expect(sinch.fake.control.audit().callbacks.map(({ dropped }) => dropped)).toEqual([true, false]);
  });

  test('can arrive twice', async () => {
    sinch.fake.control.doubleCallbacks(1);
    await send();
    await send();
    const [first, second, third] = events();
    expect(events()).toHaveLength(3);
    expect(first?.eventId).toBe(second?.eventId);
    expect(first?.eventId).not.toBe(third?.eventId);
  });
});
