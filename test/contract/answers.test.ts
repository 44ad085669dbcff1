import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import type { NumberOrderRequest, OrderView } from '@number-orders/contract';
import { NumberOrderFailedError } from '../../src/client';
import { notifierTo, startHttpsReceiver, type HttpsReceiver } from '../notifications/https-receiver';
import { auMobile, auRegistration, gbMobile, PROOF_OF_IDENTITY, proofOfIdentity, usLocal } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { devServer } from '../support/temporal';

const ajv = new Ajv2020({ strictTypes: false, strictRequired: false, allErrors: true });
const known = new Map<string, ValidateFunction>();

/** A receiver ought to take fields that it does not know. We ought to tell it of each. */
function withKnownFieldsAlone(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withKnownFieldsAlone);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, each]) => [key, withKnownFieldsAlone(each)]));
  return 'properties' in schema && !('additionalProperties' in schema)
    ? { ...inner, additionalProperties: false }
    : inner;
}

/** Holds what the service answers to its schema, and answers it. */
function fits<T>(file: string, value: T): T {
  const path = join(__dirname, '../../packages/contract/schemas', `${file}.json`);
  const validate =
    known.get(file) ?? ajv.compile(withKnownFieldsAlone(JSON.parse(readFileSync(path, 'utf8'))) as object);
  known.set(file, validate);
  expect([file, validate(value), validate.errors]).toEqual([file, true, null]);
  return value;
}

describe('every answer of the service fits the schemas of the contract', () => {
  let stand: OrderStand;
  let receiver: HttpsReceiver;
  beforeAll(async () => {
    receiver = await startHttpsReceiver();
    const notifier = notifierTo(receiver);
    stand = await openStand(await devServer(), { ports: { notifier } });
  });
  afterAll(async () => {
    await stand.close();
    await stand.environment.teardown();
    await receiver.close();
  });
  beforeEach(() => (receiver.received.length = 0));

  const start = (order: Omit<NumberOrderRequest, 'reference'>) =>
    stand.start({ ...order, notificationUrl: `https://${receiver.host}/hooks` });
  const view = async (reference: string, wanted: (view: OrderView) => boolean) =>
    fits('order-view', await stand.view(reference, wanted));

  /** Of every notification that has come. */
  async function typesTold(last: string): Promise<string[]> {
    const types = () => receiver.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
    while (!types().includes(last)) await new Promise((resolve) => setTimeout(resolve, 50));
    for (const { body } of receiver.received) fits('notification-event', JSON.parse(body));
    return types();
  }

  it('from the reservation to the numbers, with a registration that is refused in between', async () => {
    const reference = await start(auMobile);
    const { client } = stand;
    fits(
      'reservation-answer',
      await client.reserve({ reference, ...auMobile, notificationUrl: `https://${receiver.host}/hooks` }),
    );
    await view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const refused = await client.register(reference, auRegistration({ country: 'XX', postalCode: '' }));
    expect(fits('kyc-answer', refused).status).toBe('REFUSED');
    await view(reference, ({ violations }) => violations.length > 0);
    expect(fits('kyc-answer', await client.register(reference, auRegistration())).status).toBe('ACCEPTED');
    fits('operator-answer', await client.reread(reference, { author: 'Olga', reason: 'a test' }));
    fits('kyc-answer', await client.attach(reference, proofOfIdentity({ attachmentId: PROOF_OF_IDENTITY })));
    const result = fits('number-order-result', await client.result(reference));
    expect(result.outcome).toBe('COMPLETED');
    await view(reference, ({ outcome }) => outcome === 'COMPLETED');
    expect(await typesTold('order.completed')).toEqual(expect.arrayContaining(['order.reserved', 'order.kyc_refused']));
  });

  it('when the reviewers reject, and a requirement was waived', async () => {
    stand.fake.control.planNextOrder({ review: ['REJECT'], message: 'The use case is not permitted' });
    const reference = await start({ ...auMobile, onRejection: 'correct' });
    await view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const waived = { attachmentId: PROOF_OF_IDENTITY, author: 'Olga', reason: 'a test' };
    fits('operator-answer', await stand.client.waiveRequirement(reference, waived));
    // Sinch insists on it.
    fits('kyc-answer', await stand.client.attach(reference, proofOfIdentity()));
    fits('kyc-answer', await stand.client.register(reference, auRegistration()));
    await view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    await stand.client.cancel(reference, { author: 'Olga', reason: 'enough seen' });
    fits('number-order-result', await stand.client.result(reference));
    await typesTold('order.action_required');
  });

  it('when no KYC is asked for, and when no number is available', async () => {
    const bought = await start(usLocal);
    expect(fits('number-order-result', await stand.client.result(bought)).outcome).toBe('COMPLETED');
    const nowhere = await start({ ...usLocal, selection: { search: { pattern: '+1999', searchPattern: 'START' } } });
    expect(fits('number-order-result', await stand.client.result(nowhere)).outcome).toBe('UNAVAILABLE');
    await view(nowhere, ({ outcome }) => outcome === 'UNAVAILABLE');
    await typesTold('order.unavailable');
  });

  it('when an order fails, in the details of its failure', async () => {
    const reference = await start({ ...gbMobile, regionCode: 'ZZ' });
    const failed: unknown = await stand.client.result(reference).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(NumberOrderFailedError);
    const { cause } = failed as NumberOrderFailedError;
    expect(cause).toBeInstanceOf(ApplicationFailure);
    fits('failure-details', (cause as ApplicationFailure).details?.[0]);
    await typesTold('order.failed');
  });
});
