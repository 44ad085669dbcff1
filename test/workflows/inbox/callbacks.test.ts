import { createHmac, randomUUID } from 'node:crypto';
import type { SentCallback } from '../../../fake-sinch';
import { callbackPath } from '../../../src/callbacks/path';
import { startCallbackReceiver, type CallbackServer } from '../../../src/callbacks/serve';
import { SIGNATURE_HEADER } from '../../../src/callbacks/signature';
import { orderSignaller } from '../../../src/callbacks/signal-order';
import { workflowIdOf, type SinchEvent } from '@number-orders/contract';
import { gbMobile, gbRegistration, usLocal } from '../../support/kyc';
import { openStand, pollsEvery, type OrderStand } from '../../support/order-stand';
import { devServer } from '../../support/temporal';

const HMAC_SECRET = 'callbacks-test-0123456789abcdefghij';
const HOUR = 3_600_000;
/** Whoever sees anything within a test has not seen it by polling. */

describe('row 18: a callback, which only makes the order read its state from Sinch,', () => {
  let stand: OrderStand;
  let receiver: CallbackServer;

  beforeEach(async () => {
    const environment = await devServer();
    receiver = await startCallbackReceiver({
      hostname: '127.0.0.1',
      port: 0,
      secret: HMAC_SECRET,
      signalOrder: orderSignaller(environment.client),
    });
    stand = await openStand(environment, {
      fake: { hmacSecret: HMAC_SECRET, reviewSeconds: 3_600, tokenSeconds: 24 * 3_600 },
      ports: {
        callbackUrl: (reference, attempt) => `${receiver.url}/${callbackPath(HMAC_SECRET, reference, attempt)}`,
        polls: pollsEvery(HOUR),
      },
    });
  });
  afterEach(async () => {
    await stand.close();
    await receiver.close();
    await stand.environment.teardown();
  });

  const asked = () => stand.fake.control.audit().requests.getNumberOrder?.count ?? 0;
  async function lookedAt(times: number): Promise<void> {
    for (let tries = 0; asked() < times && tries < 400; tries++) await new Promise((go) => setTimeout(go, 25));
    expect(asked()).toBe(times);
  }
  const inReview = async () => {
    const before = asked();
    const reference = await stand.start(usLocal);
    const view = await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    await stand.fake.control.flushCallbacks();
    // The submission's look, the poll's first one, and the one that the callback about IN_REVIEW has led to.
    await lookedAt(before + 3);
    return { reference, sinchOrderId: view.sinchOrderId ?? '' };
  };
  const event = (resourceId: string, status: string): SinchEvent => ({
    eventId: randomUUID(),
    resourceType: 'NUMBER_ORDER',
    resourceId,
    eventType: 'NUMBER_ORDER_PROCESSING',
    status,
  });
  /** Posts to the order's own callback path; answers the status. */
  async function post(reference: string, callback: SinchEvent, secret = HMAC_SECRET): Promise<number> {
    const body = JSON.stringify(callback);
    const signature = createHmac('sha1', secret).update(body).digest('hex');
    const response = await fetch(`${receiver.url}/${callbackPath(HMAC_SECRET, reference, 1)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature },
      body,
    });
    return response.status;
  }
  const signals = async (reference: string) =>
    (await stand.runs(reference))
      .flatMap(({ events }) => events ?? [])
      .filter(({ workflowExecutionSignaledEventAttributes: signal }) => signal?.signalName === 'sinchEvent').length;
  const answers = () => stand.fake.control.audit().callbacks.map(({ answered }: SentCallback) => answered);

  it('wakes an order whose next read would have been an hour later', async () => {
    const { reference } = await inReview();

    stand.fake.control.advance(HOUR);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(answers()).toEqual([200, 200]);
    await stand.checkHistory(reference);
  });

  it('makes an order that waits for KYC notice that its reservation is gone', async () => {
    const reference = await stand.start(gbMobile);
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');

    stand.fake.control.moveOrder(sinchOrderId, 'EXPIRED');

    await expect(stand.client.result(reference)).resolves.toMatchObject({
      outcome: 'EXPIRED',
      reservations: [{ sinchOrderId, state: 'LAPSED' }],
      missing: ['registration'],
    });
    await stand.checkHistory(reference);
  });

  it('makes an order that waits for the reviewers notice their decision', async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'] });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    stand.fake.control.advance(HOUR);
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');

    await stand.client.register(reference, gbRegistration);
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    stand.fake.control.advance(HOUR);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('is processed once, however often it is delivered', async () => {
    const { reference, sinchOrderId } = await inReview();
    const before = [await signals(reference), asked()];
    const repeated = event(sinchOrderId, 'IN_REVIEW');

    for (let delivery = 0; delivery < 5; delivery++) expect(await post(reference, repeated)).toBe(200);
    // As from another instance of the receiver, which has not seen it.
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    for (let delivery = 0; delivery < 5; delivery++) await handle.signal('sinchEvent', repeated);
    stand.fake.control.advance(HOUR);
    await stand.client.result(reference);

    const [signalled = 0, askedBefore = 0] = before;
    expect((await signals(reference)) - signalled).toBe(1 + 5 + 1);
    expect(asked() - askedBefore).toBe(2);
    await stand.checkHistory(reference);
  });

  it("can be out of order: the order uses Sinch's current state, not the last callback", async () => {
    const { reference, sinchOrderId } = await inReview();
    const before = asked();

    await post(reference, event(sinchOrderId, 'COMPLETED'));
    await post(reference, event(sinchOrderId, 'EXPIRED'));
    await post(reference, event(sinchOrderId, 'BLOCKED'));
    await lookedAt(before + 3);
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'IN_REVIEW', sinchOrderId });
    stand.fake.control.advance(HOUR);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('does not reach the order if it is forged', async () => {
    const { reference, sinchOrderId } = await inReview();
    const before = await signals(reference);

    expect(await post(reference, event(sinchOrderId, 'COMPLETED'), 'another-secret')).toBe(401);

    expect(await signals(reference)).toBe(before);
    stand.fake.control.advance(HOUR);
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });

  it('has this effect with any kind and state, and with no other field than its kind', async () => {
    const { reference, sinchOrderId } = await inReview();
    const before = asked();
    const events: SinchEvent[] = [
      { resourceType: 'NUMBER_ORDER' },
      { resourceType: 'NUMBER_ORDER' },
      { resourceType: 'ACTIVE_NUMBER', status: 'FAILED' },
      { resourceType: 'HOSTING_ORDER', resourceId: 'another', eventType: 'HOSTING_ORDER_PROCESSING', status: 'MOVED' },
      { ...event(sinchOrderId, 'ESCALATED'), eventType: 'NUMBER_ORDER_ESCALATION' },
    ];

    for (const [index, callback] of events.entries()) {
      expect(await post(reference, callback)).toBe(200);
      await lookedAt(before + index + 1);
    }

    const { stage, notices } = await stand.client.order(reference);
    expect(stage).toBe('IN_REVIEW');
    expect(notices.filter(({ message }) => message.includes('callback'))).toEqual([]);
    stand.fake.control.advance(HOUR);
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });

  it('about another order is noted, and never adopted', async () => {
    const other = await inReview();
    const { reference, sinchOrderId } = await inReview();
    stand.fake.control.moveOrder(other.sinchOrderId, 'COMPLETED');
    await stand.client.result(other.reference);

    expect(await post(reference, event(other.sinchOrderId, 'COMPLETED'))).toBe(200);

    const { notices } = await stand.view(reference, (view) =>
      view.notices.some(({ message }) => message.includes('noted, not adopted')),
    );
    expect(JSON.stringify(notices)).not.toContain(other.sinchOrderId);
    await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'IN_REVIEW', sinchOrderId });
    stand.fake.control.advance(HOUR);
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', sinchOrderId });
    await stand.checkHistory(reference);
  });

  it('after the order has ended is answered, and changes nothing', async () => {
    const { reference, sinchOrderId } = await inReview();
    stand.fake.control.advance(HOUR);
    const result = await stand.client.result(reference);

    expect(await post(reference, event(sinchOrderId, 'REJECTED'))).toBe(200);

    await expect(stand.client.result(reference)).resolves.toEqual(result);
    await stand.checkHistory(reference);
  });
});
