import { Readable } from 'node:stream';
import { type FakeSinch, startFakeSinch } from '../../fake-sinch';
import { SinchClient } from '../../src/sinch';
import { auRegistration } from '../fake-sinch/support';
import { PROOF_OF_IDENTITY } from '../support/kyc';
import { expectDocumented, expectDocumentedRequest, openApi } from '../support/openapi';
import { type Exchange, SinchProxy } from '../support/sinch-proxy';
import { failureOf } from './scripted-sinch';

let fake: FakeSinch;
let proxy: SinchProxy;
let client: SinchClient;

beforeEach(async () => {
  fake = await startFakeSinch();
  fake.control.stopClock();
  proxy = await SinchProxy.before(fake.url);
  client = new SinchClient({
    projectId: fake.projectId,
    keyId: fake.keyId,
    keySecret: fake.keySecret,
    numbersUrl: proxy.url,
    authUrl: `${proxy.url}/oauth2/token`,
  });
});

afterEach(async () => {
  await proxy.close();
  await fake.close();
});

const AU = { regionCode: 'AU', numberType: 'MOBILE' } as const;
const US = { regionCode: 'US', numberType: 'LOCAL' } as const;

/** An AU order with its registration and its mandatory document, not submitted yet. */
async function readyOrder() {
  const [number] = await client.searchAvailableNumbers({
    ...AU,
    pattern: '+61',
    searchPattern: 'START',
    capabilities: ['SMS'],
    size: 3,
  });
  const order = await client.createNumberOrder({
    ...AU,
    numberOrderOption: { phoneNumbers: [number?.phoneNumber ?? ''] },
    smsConfiguration: { servicePlanId: 'plan-1' },
    voiceConfiguration: { type: 'RTC', appId: 'app-1' },
    callbackUrl: 'https://callbacks.example.com/au-1',
  });
  await client.updateRegistration(order.idNumberOrder, { data: auRegistration() });
  const content = Buffer.from('a passport');
  await client.uploadAttachment(order.idNumberOrder, {
    attachmentId: PROOF_OF_IDENTITY,
    fileName: 'passport.pdf',
    mimeType: 'application/pdf',
    size: content.length,
    content: () => Readable.from([content]),
  });
  fake.control.advance(1000);
  return order;
}

describe('the client and the fake, which share no code,', () => {
  test('take an order from its requirements to a released number, and every exchange fits openapi.yaml', async () => {
    const regions = await client.listAvailableRegions();
    expect(regions).toContainEqual({ regionCode: 'AU', regionName: 'Australia', types: ['MOBILE'] });
    const requirements = await client.lookupNumberRequirements(AU);
    expect(requirements.attachments.map(({ id }) => id)).toContain(PROOF_OF_IDENTITY);
    expect(requirements.fields.rules).toHaveLength(3);

    const { idNumberOrder, state, orderNumbers, expireTime } = await readyOrder();
    const phoneNumber = orderNumbers[0]?.phoneNumber ?? '';
    expect({ state, phoneNumber }).toEqual({
      state: 'CREATED',
      phoneNumber: expect.stringMatching(/^\+614/) as string,
    });
    await expect(client.getAvailableNumber('+61480000499')).resolves.toMatchObject({ phoneNumber: '+61480000499' });
    expect(await failureOf(client.getAvailableNumber(phoneNumber))).toMatchObject({ type: 'SinchNotFound' });
    expect(Date.parse(expireTime ?? '')).toBeGreaterThan(Date.parse(fake.control.clock.now));
    expect((await client.getRegistration(idNumberOrder)).attachments).toMatchObject([
      { attachmentId: PROOF_OF_IDENTITY, fileName: 'passport.pdf', uploadStatus: 'COMPLETED' },
    ]);

    expect(await client.submitNumberOrder(idNumberOrder)).toMatchObject({ state: 'IN_REVIEW' });
    fake.control.advance(3000);
    expect(await client.getNumberOrder(idNumberOrder)).toMatchObject({ state: 'COMPLETED' });
    expect((await client.getRegistration(idNumberOrder)).logs).not.toHaveLength(0);

    expect(await client.getActiveNumber(phoneNumber)).toMatchObject({
      smsConfiguration: { scheduledProvisioning: { status: 'WAITING' } },
      voiceConfiguration: { scheduledVoiceProvisioning: { status: 'WAITING' } },
    });
    fake.control.advance(2000);
    const linked = await client.getActiveNumber(phoneNumber);
    expect(linked.smsConfiguration?.servicePlanId).toBe('plan-1');
    expect(linked.smsConfiguration?.scheduledProvisioning).toBeUndefined();
    expect(await client.listActiveNumbers(AU)).toEqual({
      activeNumbers: [{ phoneNumber, callbackUrl: expect.any(String) as string }],
    });
    await client.releaseNumber(phoneNumber);
    expect((await client.getActiveNumber(phoneNumber)).expireAt).toBeDefined();

    const hmacSecret = 'b'.repeat(40);
    expect(await client.updateCallbackConfiguration({ hmacSecret })).toMatchObject({ hmacSecret });
    expect(await client.getCallbackConfiguration()).toEqual({ projectId: fake.projectId, hmacSecret });

    const operations = new Set(proxy.exchanges.map(documentedOperation));
    expect([...operations].sort()).toEqual(documentedOperations().sort());
  });

  test('order by quantity', async () => {
    const order = await client.createNumberOrder({
      ...US,
      quantityOrderOption: {
        requestedQuantity: 2,
        numberPattern: { pattern: '+1', searchPattern: 'START' },
        sequential: false,
        capabilities: ['SMS'],
      },
    });
    expect(order.orderNumbers).toHaveLength(2);
    proxy.exchanges.forEach(documentedOperation);
  });

  test('agree that US numbers have no requirements', async () => {
    expect(await failureOf(client.lookupNumberRequirements(US))).toMatchObject({ type: 'SinchNotFound' });
    proxy.exchanges.forEach(documentedOperation);
  });

  test('agree on the fields that a registration has wrong', async () => {
    const { idNumberOrder } = await client.createNumberOrder({ ...AU, quantityOrderOption: { requestedQuantity: 1 } });
    const failure = await failureOf(client.updateRegistration(idNumberOrder, { data: [] }));
    expect(failure).toMatchObject({ type: 'SinchInvalidArgument', status: 400 });
    expect(failure.violations).not.toHaveLength(0);
    proxy.exchanges.forEach(documentedOperation);
  });

  test('continue when every token is revoked in the middle of an order', async () => {
    const { idNumberOrder } = await readyOrder();
    fake.control.revokeTokens();
    expect(await client.submitNumberOrder(idNumberOrder)).toMatchObject({ state: 'IN_REVIEW' });
    expect(fake.control.audit().orders).toMatchObject([{ submits: 1 }]);
  });

  test('disagree on whether an order exists if its creation is reset after it was processed', async () => {
    fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const failure = await failureOf(
      new SinchClient({ ...fake, numbersUrl: fake.url }).createNumberOrder({
        ...US,
        quantityOrderOption: { requestedQuantity: 1 },
      }),
    );
    expect(failure).toMatchObject({ type: 'SinchUnavailable', possiblyProcessed: true });
    expect(fake.control.audit().orders).toHaveLength(1);
  });
});

interface Parameter {
  name: string;
  required?: boolean;
}

interface Described {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, unknown> };
}

function documentedOperations(): string[] {
  return Object.values(openApi.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
}

/** The operation an exchange belongs to. Fails unless the document describes its query, request and answer. */
function documentedOperation({ method, url, contentType, requestBody, status, responseBody }: Exchange): string {
  const { operationId, parameters = [], requestBody: described } = describedFor(method, url.pathname);
  const query = [...url.searchParams.keys()];
  expect(parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(query));
  expect(query).toEqual(expect.arrayContaining(parameters.filter(({ required }) => required).map(({ name }) => name)));
  expect(contentType === undefined ? [] : [contentType]).toEqual(Object.keys(described?.content ?? {}));
  if (contentType === 'application/json') expectDocumentedRequest(operationId, JSON.parse(requestBody));
  expectDocumented(operationId, status, JSON.parse(responseBody));
  return operationId;
}

function describedFor(method: string, pathname: string): Described {
  for (const [template, methods] of Object.entries(openApi.paths)) {
    const path = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/:]+')}$`);
    const operation: Described | undefined = methods[method.toLowerCase()];
    if (operation && path.test(pathname)) return operation;
  }
  throw new Error(`openapi.yaml describes no ${method} ${pathname}`);
}
