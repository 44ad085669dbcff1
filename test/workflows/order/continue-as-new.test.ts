import { randomUUID } from 'node:crypto';
import type { FakeSinchOptions } from '../../../fake-sinch';
import { SIGNAL, workflowIdOf, type NumberOrderRequest, type OrderView } from '@number-orders/contract';
import {
  PROOF_OF_IDENTITY,
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  proofOfIdentity,
  usLocal,
} from '../../support/kyc';
import { standToOpen } from '../../support/stands';
import { devServer } from '../../support/temporal';

/** So few messages that a test can bring an order there. */
const MESSAGES_A_RUN = 4;

describe('row 16: an order that continues as new because it waits for weeks', () => {
  const { stand, open: openWith } = standToOpen(devServer);
  const open = (fake: FakeSinchOptions = {}) => openWith({ fake, policy: { continueAsNewMessages: MESSAGES_A_RUN } });

  const startUntil = async (order: Omit<NumberOrderRequest, 'reference'>, wanted: (view: OrderView) => boolean) => {
    const reference = await stand.start(order);
    return { reference, view: await stand.view(reference, wanted) };
  };
  const signal = (reference: string, name: string, argument: unknown) =>
    stand.environment.client.workflow.getHandle(workflowIdOf(reference)).signal(name, argument);
  const event = (resourceId = 'another-order', eventId: string = randomUUID()) => ({
    eventId,
    resourceType: 'NUMBER_ORDER',
    resourceId,
    eventType: 'NUMBER_ORDER_PROCESSING',
    status: 'IN_REVIEW',
  });

  /** Sends messages that mean nothing to the order until it has continued as new. */
  async function beginAnew(reference: string): Promise<void> {
    const before = (await stand.runs(reference)).length;
    for (let message = 0; message < MESSAGES_A_RUN; message++) await signal(reference, SIGNAL.sinchEvent, event());
    for (let tries = 0; (await stand.runs(reference)).length === before; tries++) {
      if (tries > 200) throw new Error('The order does not continue as new');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const sinchOrder = (sinchOrderId?: string) =>
    stand.fake.control.audit().orders.find(({ idNumberOrder }) => idNumberOrder === sinchOrderId);
  const asked = () => stand.fake.control.audit().requests.getNumberOrder?.count ?? 0;

  it('sends KYC that could not be sent before, and keeps the deadline', async () => {
    await open();
    const { reference, view } = await startUntil(gbMobile, ({ stage }) => stage === 'AWAITING_KYC');
    stand.fake.control.fault({ operation: 'updateRegistration', effect: 'HTML', delayMs: 500, times: 'ALWAYS' });
    await stand.client.register(reference, gbRegistration, { signal: true });

    await beginAnew(reference);
    const after = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    expect(after).toMatchObject({ expireTime: view.expireTime, outstanding: { registration: true } });
    expect(sinchOrder(view.sinchOrderId)?.registrationSha256).toBeUndefined();
    stand.fake.control.clearFaults();

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(sinchOrder(view.sinchOrderId)).toMatchObject({ submits: 1, submitAttempts: 1 });
    await stand.checkHistory(reference);
  });

  it('waits for a document that Sinch is still checking, without sending it again', async () => {
    await open({ uploadSeconds: 3_600 });
    const { reference, view } = await startUntil(auMobile, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.register(reference, auRegistration());
    await expect(stand.client.attach(reference, proofOfIdentity())).resolves.toMatchObject({ status: 'ACCEPTED' });

    await beginAnew(reference);
    const after = await stand.view(reference, ({ outstanding }) => !outstanding.registration);
    expect(after.attachments).toEqual([expect.objectContaining({ status: 'UPLOADED' })]);
    stand.fake.control.advance(3_600_000);

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(sinchOrder(view.sinchOrderId)?.attachments[PROOF_OF_IDENTITY]).toMatchObject({ uploads: 1 });
    await stand.checkHistory(reference);
  });

  it('continues to look up what KYC is needed', async () => {
    await open();
    stand.fake.control.fault({ operation: 'lookupNumberRequirements', effect: 'HTML', times: 'ALWAYS' });
    const { reference } = await startUntil(auMobile, ({ stage }) => stage === 'LOOKING_UP');

    await beginAnew(reference);
    stand.fake.control.clearFaults();

    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });

  it.each([
    ['the lookup', 'lookupNumberRequirements', 'LOOKING_UP'],
    ['the search', 'searchAvailableNumbers', 'LOOKING_UP'],
    ['the creation', 'createNumberOrder', 'RESERVING'],
  ] as const)('still waits as long as Sinch has asked it to before %s is repeated', async (_what, operation, stage) => {
    await open();
    const count = () => stand.fake.control.audit().requests[operation]?.count ?? 0;
    stand.fake.control.fault({ operation, effect: 'STATUS', status: 429, retryAfter: 3_600, times: 'ALWAYS' });
    const { reference } = await startUntil(usLocal, (view) => view.stage === stage);
    await stand.view(reference, () => count() === 1);

    await beginAnew(reference);
    await beginAnew(reference);

    expect(count()).toBe(1);
    await stand.client.cancel(reference, { reason: 'seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  });

  it('reserves once between two creations, and tries no number again that was taken', async () => {
    await open();
    const search = { pattern: '+1212555000', searchPattern: 'START' as const };
    const [, second = '', ...others] = stand.fake.control.availableNumbers('US', 'LOCAL').slice(0, 10);
    stand.fake.control.takeNumbers(...others);
    // The first of the two is refused, the other one's creation is put off.
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 400 });
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429, times: 'ALWAYS' });
    const order = { ...usLocal, selection: { search } };
    const { reference, view } = await startUntil(order, ({ notices }) => notices.length > 1);
    const refused = view.notices[0]?.message.slice(0, second.length) ?? '';

    await beginAnew(reference);
    await stand.view(reference, ({ stage }) => stage === 'RESERVING');
    stand.fake.control.clearFaults();

    const result = await stand.client.result(reference);
    expect(result).toMatchObject({ outcome: 'COMPLETED', reservations: [{ state: 'COMPLETED' }] });
    expect(result.phoneNumbers).not.toContain(refused);
    expect(stand.fake.control.audit().orders).toHaveLength(1);
    await stand.checkHistory(reference);
  });

  it('answers callers who wait for its reservation with its current stage', async () => {
    await open();
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429, times: 'ALWAYS' });
    const { reference } = await startUntil(usLocal, ({ notices }) => notices.length > 0);
    const answer = stand.client.reserve({ reference, ...usLocal });
    await stand.view(reference, ({ stage }) => stage === 'RESERVING');

    await beginAnew(reference);

    await expect(answer).resolves.toMatchObject({ stage: 'RESERVING', phoneNumbers: [] });
    stand.fake.control.clearFaults();
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('submits once although Sinch refused its submission before', async () => {
    await open();
    stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 429, times: 'ALWAYS' });
    const order = { ...gbMobile, registration: gbRegistration };
    const { reference, view } = await startUntil(order, ({ stage }) => stage === 'SUBMITTING');

    await beginAnew(reference);
    await stand.view(reference, ({ stage }) => stage === 'SUBMITTING');
    stand.fake.control.clearFaults();

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(sinchOrder(view.sinchOrderId)).toMatchObject({ submits: 1, submitAttempts: 1, registrationPuts: 1 });
    await stand.checkHistory(reference);
  });

  it.each([
    ['unknown signals', (reference: string) => signal(reference, 'unheardOf', {})],
    ['malformed signals', (reference: string) => signal(reference, SIGNAL.cancel, { reason: 7 })],
    ['requests for the reservation', (reference: string) => stand.client.reserve({ reference, ...auMobile })],
  ])('continues as new after many %s too', async (_what, ask) => {
    await openWith({ policy: { continueAsNewEvents: 30 } });
    const { reference } = await startUntil(auMobile, ({ stage }) => stage === 'AWAITING_KYC');

    for (let asked = 0; (await stand.runs(reference)).length === 1; asked++) {
      if (asked > 30) throw new Error('The order does not continue as new');
      await ask(reference);
      // A workflow task at least.
      await stand.client.order(reference);
    }

    await stand.client.cancel(reference, { reason: 'enough seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
    await stand.checkHistory(reference);
  });

  it('loses no message that arrives at that moment', async () => {
    await open();
    const ids = Array.from({ length: 20 }, (_, index) => `document${index}`);
    const required = { title: '', description: '', template: [], allowedMimeTypes: [], allowedDocumentTypes: [] };
    stand.fake.control.setRequirements('GB', 'MOBILE', {
      fields: { rules: [{ template: {} }] },
      attachments: ids.map((id) => ({ id, mandatory: true, ...required })),
    });
    const { reference, view } = await startUntil(gbMobile, ({ stage }) => stage === 'AWAITING_KYC');

    await Promise.all(
      ids.map((attachmentId) => stand.client.attach(reference, proofOfIdentity({ attachmentId }), { signal: true })),
    );
    await stand.view(reference, ({ outstanding }) => outstanding.attachments.length === 0);
    await stand.client.register(reference, gbRegistration, { signal: true });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect((await stand.runs(reference)).length).toBeGreaterThan(1);
    expect(Object.keys(sinchOrder(view.sinchOrderId)?.attachments ?? {}).sort()).toEqual([...ids].sort());
    await stand.checkHistory(reference);
  });

  it('answers callers who are waiting for an answer', async () => {
    await open();
    const { reference } = await startUntil(auMobile, ({ stage }) => stage === 'AWAITING_KYC');
    stand.fake.control.fault({ operation: 'updateRegistration', effect: 'DELAY', delayMs: 1_500 });
    const answer = stand.client.register(reference, auRegistration());
    await stand.view(reference, ({ outstanding }) => outstanding.registration);

    await beginAnew(reference);

    await expect(answer).resolves.toMatchObject({ status: 'ACCEPTED' });
    await stand.client.cancel(reference, { reason: 'seen' });
    await stand.client.result(reference);
    await stand.checkHistory(reference);
  });

  it('remembers in review which callbacks it has seen, and follows the review to its end', async () => {
    await open();
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const { reference, view } = await startUntil(usLocal, ({ stage }) => stage === 'IN_REVIEW');
    const seen = event(view.sinchOrderId);
    await signal(reference, SIGNAL.sinchEvent, seen);

    await beginAnew(reference);
    stand.fake.control.fault({ operation: 'getNumberOrder', effect: 'HANG', times: 'ALWAYS' });
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    const before = asked();
    await signal(reference, SIGNAL.sinchEvent, seen);
    await signal(reference, SIGNAL.registration, 'a message that is noted, after the event');
    const { notices } = await stand.view(reference, (now) => now.notices.length > 0);
    expect(notices.at(-1)?.message).toContain('Signal registration ignored');
    // The poll that hangs is the only one.
    expect(asked() - before).toBeLessThanOrEqual(1);

    stand.fake.control.clearFaults();
    stand.fake.control.moveOrder(view.sinchOrderId ?? '', 'COMPLETED');
    await signal(reference, SIGNAL.sinchEvent, event(view.sinchOrderId));
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('accepts corrected KYC if the reviewers have blocked the order', async () => {
    await open();
    stand.fake.control.planNextOrder({ review: ['BLOCK', 'APPROVE'] });
    const order = { ...gbMobile, registration: gbRegistration };
    const { reference, view } = await startUntil(order, ({ stage }) => stage === 'ACTION_REQUIRED');

    await beginAnew(reference);
    const after = await stand.view(reference, ({ stage }) => stage === 'ACTION_REQUIRED');
    expect(after.reviewLog).toEqual(view.reviewLog);
    await expect(stand.client.register(reference, gbRegistration)).resolves.toMatchObject({ status: 'ACCEPTED' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(sinchOrder(view.sinchOrderId)).toMatchObject({ submits: 1 });
    await stand.checkHistory(reference);
  });

  it('waits for KYC to be corrected after a rejection', async () => {
    await open();
    stand.fake.control.planNextOrder({ review: ['REJECT'] });
    const order = { ...gbMobile, registration: gbRegistration, onRejection: 'correct' as const };
    const { reference } = await startUntil(order, ({ stage }) => stage === 'ACTION_REQUIRED');

    await beginAnew(reference);
    const author = { author: 'an operator', reason: 'a holiday' };
    const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString();
    const extended = await stand.client.extendCorrectionWindow(reference, { ...author, until: inAYear });
    expect(extended).toMatchObject({ stage: 'ACTION_REQUIRED' });

    await stand.client.cancel(reference, { reason: 'seen' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED', attempts: 1 });
    await stand.checkHistory(reference);
  });

  it('lets an operator adopt a creation whose answer was lost', async () => {
    await open();
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'RESET', when: 'AFTER' });
    const order = { ...usLocal, selection: { phoneNumber: '+12125550042' } };
    const { reference } = await startUntil(order, ({ stage }) => stage === 'UNCONFIRMED');

    await beginAnew(reference);
    const { idNumberOrder = '' } = stand.fake.control.audit().orders[0] ?? {};
    await stand.client.adoptOrder(reference, { idNumberOrder, author: 'an operator', reason: 'seen at Sinch' });

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(stand.fake.control.audit().orders).toEqual([expect.objectContaining({ submits: 1 })]);
    await stand.checkHistory(reference);
  });
});
