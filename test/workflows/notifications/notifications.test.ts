import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import {
  NOTIFICATIONS_WORKFLOW_TYPE,
  SIGNAL,
  WORKFLOW_TYPE,
  workflowIdOf,
  type NumberOrderRequest,
} from '@number-orders/contract';
import { renderOrder } from '../../../src/cli/render-order';
import { notifierTo, startHttpsReceiver, type HttpsReceiver } from '../../notifications/https-receiver';
import {
  PROOF_OF_IDENTITY,
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
  usLocal,
} from '../../support/kyc';
import { openStand, type OrderStand } from '../../support/order-stand';
import { devServer } from '../../support/temporal';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

interface Delivered {
  id: string;
  type: string;
  time: string;
  subject: string;
  data: {
    stage: string;
    attempt: number;
    missing: string[];
    missingTitles: { id: string; title: string }[];
    fields?: string[];
    fieldTitles?: { field: string; title: string }[];
    failure?: string;
    phoneNumbers: string[];
  };
}

describe('row 19: the requester', () => {
  let stand: OrderStand;
  let receiver: HttpsReceiver;

  beforeEach(async () => {
    receiver = await startHttpsReceiver();
    const notifier = notifierTo(receiver, secret);
    stand = await openStand(await devServer(), { ports: { notifier }, policy: { continueAsNewMessages: 3 } });
  });
  afterEach(async () => {
    await stand.close();
    await stand.environment.teardown();
    await receiver.close();
  });

  const start = (order: Omit<NumberOrderRequest, 'reference'>) =>
    stand.start({ ...order, notificationUrl: `https://${receiver.host}/hooks` });
  const startRaw = (workflowId: string, request: object) =>
    stand.environment.client.workflow.start(WORKFLOW_TYPE, {
      workflowId,
      taskQueue: stand.taskQueue,
      args: [request],
    });
  const answerAll = (status: number) => receiver.answerWith((response) => response.writeHead(status).end());
  const delivered = (reference: string) =>
    receiver.received.map(({ body }) => JSON.parse(body) as Delivered).filter(({ subject }) => subject === reference);
  const types = (reference: string) => delivered(reference).map(({ type }) => type);
  async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await condition()); tries++) {
      if (tries > 400) throw new Error(`It does not come to what is wanted; arrived: ${JSON.stringify(types(''))}`);
      await pause(100);
    }
  }
  const board = async (reference: string) => {
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    return (await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata')).currentDetails;
  };
  const told = (reference: string, ...wanted: string[]) =>
    until(() => wanted.every((type) => types(reference).includes(type)));

  it('is notified at each occasion, signed, under an id of its own, and never with a value of the KYC', async () => {
    stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'], message: 'The reviewers name Alex Example' });
    const reference = await start(auMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await told(reference, 'order.reserved');
    await stand.client.register(reference, auRegistration({ postalCode: 'not a code' }));
    await told(reference, 'order.kyc_refused');
    await stand.client.register(reference, auRegistration());
    await stand.client.attach(reference, proofOfIdentity({ fileName: 'Alex Example.pdf' }));
    await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    await told(reference, 'order.submitted', 'order.action_required');
    await stand.client.register(reference, auRegistration());
    await stand.client.result(reference);
    await told(reference, 'order.completed');

    const all = delivered(reference);
    expect(all.map(({ type }) => type).sort()).toEqual([
      'order.action_required',
      'order.completed',
      'order.kyc_refused',
      'order.reserved',
      'order.submitted',
    ]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(5);
    const of = (type: string) => all.find((one) => one.type === type)?.data;
    expect(of('order.reserved')).toMatchObject({ missing: ['registration', PROOF_OF_IDENTITY], attempt: 1 });
    expect(of('order.kyc_refused')?.fields).toEqual(['requestDetails.data[1].postalCode']);
    expect(of('order.kyc_refused')?.fieldTitles).toEqual([
      { field: 'requestDetails.data[1].postalCode', title: 'Postal code' },
    ]);
    expect(of('order.reserved')?.missingTitles).toEqual([
      { id: 'registration', title: 'Registration' },
      { id: PROOF_OF_IDENTITY, title: 'Proof of identity' },
    ]);
    expect(of('order.action_required')?.stage).toBe('ACTION_REQUIRED');
    expect(of('order.completed')).toMatchObject({ stage: 'COMPLETED', missing: [] });
    for (const { body, headers } of receiver.received) {
      expect(body).not.toMatch(/Alex|Example|not a code|EXAMPLE|must (be|match)/);
      expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).not.toThrow();
      expect(headers['webhook-id']).toBe((JSON.parse(body) as Delivered).id);
    }
    await stand.checkHistory(reference);
  });

  it('is notified how an order ended that bought nothing', async () => {
    stand.fake.control.planNextOrder({ review: ['REJECT'] });
    const rejected = await start({ ...gbMobile, registration: gbRegistration });
    await stand.client.result(rejected);
    stand.fake.control.planNextOrder({ reservationSeconds: 1 });
    const expired = await start(gbMobile);
    await stand.client.result(expired);
    stand.fake.control.takeNumbers('+12125550077');
    const unavailable = await start({ ...usLocal, selection: { phoneNumber: '+12125550077' } });
    await stand.client.result(unavailable);
    const cancelled = await start(gbMobile);
    await stand.view(cancelled, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.cancel(cancelled, { reason: 'no longer needed' });
    await stand.client.result(cancelled);

    await told(rejected, 'order.rejected');
    await told(expired, 'order.expired');
    await told(unavailable, 'order.unavailable');
    await told(cancelled, 'order.cancelled');
    for (const reference of [rejected, expired, unavailable, cancelled]) {
      const last = types(reference).filter((type) => /rejected|expired|unavailable|cancelled|completed/.test(type));
      expect(last).toHaveLength(1);
      await stand.checkHistory(reference);
    }
  });

  it('is notified that an order has failed', async () => {
    const reference = await start({ ...gbMobile, regionCode: 'ZZ' });
    await expect(stand.client.result(reference)).rejects.toMatchObject({ type: 'SinchInvalidArgument' });
    await told(reference, 'order.failed');

    expect(types(reference)).toEqual(['order.failed']);
    expect(delivered(reference)[0]?.data).toMatchObject({ failure: 'SinchInvalidArgument', phoneNumbers: [] });
    await stand.checkHistory(reference);
  });

  it('is notified that a malformed request has failed, without a word of its content', async () => {
    const reference = `test-${randomUUID()}`;
    await startRaw(workflowIdOf(reference), {
      reference,
      ...gbMobile,
      numberType: 'FIXED of Alex Example',
      registration: { data: 'Alex Example' },
      'Alex Example': 'born in Example',
      notificationUrl: `https://${receiver.host}/hooks`,
    });
    await expect(stand.client.result(reference)).rejects.toMatchObject({ type: 'InvalidRequest' });
    await told(reference, 'order.failed');

    expect(delivered(reference)[0]?.data).toMatchObject({ failure: 'InvalidRequest', phoneNumbers: [], missing: [] });
    expect(receiver.received.map(({ body }) => body).join()).not.toContain('Example');
    await stand.checkHistory(reference);
  });

  it("is notified of a failed request whose workflow id is not an order's, however long that id is", async () => {
    const request = { reference: 'any', ...gbMobile, notificationUrl: `https://${receiver.host}/hooks` };
    const handle = await startRaw(`x${randomUUID().repeat(20)}`, request);
    await expect(handle.result()).rejects.toThrow();
    await until(() => receiver.received.length > 0);

    const [event] = receiver.received.map(({ body }) => JSON.parse(body) as Delivered);
    expect(event).toMatchObject({ type: 'order.failed', data: { failure: 'InvalidRequest' } });
    expect(event).not.toHaveProperty('subject');
  });

  it.each([
    ['is no https URL', 'http://localhost/hooks'],
    ['names a user', 'https://me@localhost/hooks'],
    ['is no text', { host: 'localhost' }],
  ])('is not notified of a malformed request if its notificationUrl %s', async (_what, notificationUrl) => {
    const reference = `test-${randomUUID()}`;
    await startRaw(workflowIdOf(reference), { reference, ...gbMobile, notificationUrl });

    await expect(stand.client.result(reference)).rejects.toMatchObject({ type: 'InvalidRequest' });
    const [history] = await stand.runs(reference);
    expect(history?.events?.some((event) => event.startChildWorkflowExecutionInitiatedEventAttributes)).toBe(false);
    await stand.checkHistory(reference);
  });

  it('is notified without delay for the order, even if the receiver never answers', async () => {
    receiver.answerWith(() => undefined);
    const reference = await start(usLocal);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('gets every missed notification once if the receiver comes back after the order has ended', async () => {
    answerAll(503);
    const reference = await start(usLocal);
    await stand.client.result(reference);
    const children = (await stand.runs(reference))
      .flatMap(({ events }) => events ?? [])
      .flatMap(({ childWorkflowExecutionStartedEventAttributes: child }) => child ?? []);
    expect(children).toEqual([
      expect.objectContaining({ workflowType: expect.objectContaining({ name: NOTIFICATIONS_WORKFLOW_TYPE }) }),
    ]);
    expect(await board(reference)).toMatch(
      /had not arrived when the order ended; .*: `order.reserved`.*`order.submitted`/,
    );
    const child = stand.environment.client.workflow.getHandle(children[0]?.workflowExecution?.workflowId ?? '');
    expect((await child.describe()).status.name).toBe('RUNNING');

    receiver.received.length = 0;
    answerAll(204);

    await child.result();
    expect(types(reference).sort()).toEqual(['order.completed', 'order.reserved', 'order.submitted']);
    await stand.checkHistory(reference);
  });

  it('gets a notification under the same id again if a delivery failed and the order has continued as new meanwhile', async () => {
    answerAll(500);
    const reference = await start(gbMobile);
    await told(reference, 'order.reserved');
    const [first] = delivered(reference);
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    // The operator sees which it is, and since when.
    const view = await stand.client.order(reference);
    expect(renderOrder(view, new Date())).toContainEqual(
      expect.stringMatching(/^ +not arrived +20\S+ +order.reserved$/),
    );
    expect([view.stage, view.undelivered]).toEqual(['AWAITING_KYC', [{ type: 'order.reserved', time: first?.time }]]);
    for (const message of ['one', 'two', 'three']) await handle.signal(SIGNAL.sinchEvent, message);
    await until(async () => (await stand.runs(reference)).length === 2);
    expect(await board(reference)).toMatch(/- Notifications that had not arrived: `order.reserved` of 20.+ UTC/);

    receiver.received.length = 0;
    answerAll(204);
    await told(reference, 'order.reserved');

    expect(delivered(reference)[0]).toEqual(first);
    await stand.view(reference, ({ undelivered: left }) => left === undefined);
    expect(await board(reference)).not.toContain('had not arrived');
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);
    await told(reference, 'order.cancelled');
    expect(new Set(delivered(reference).map(({ id }) => id)).size).toBe(2);
    await stand.checkHistory(reference);
  });

  it('is not notified at a host that operators have not listed: a notice says so, and the order continues', async () => {
    const reference = await stand.start({ ...gbMobile, notificationUrl: 'https://elsewhere.example/hooks' });
    const { notices, undelivered } = await stand.view(reference, ({ notices: all }) =>
      all.some(({ message }) => message.includes('order.reserved')),
    );
    expect(notices.at(-1)?.message).toBe('order.reserved could not be delivered, and is not retried');
    expect(undelivered).toBeUndefined();
    await stand.client.register(reference, gbRegistration);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(receiver.received).toEqual([]);
    await stand.checkHistory(reference);
  });
});
