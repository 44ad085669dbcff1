import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { SIGNAL, workflowIdOf, type NumberOrderRequest } from '@number-orders/contract';
import type { Control } from '../../../fake-sinch';
import {
  auMobile,
  auRegistration,
  gbMobile,
  gbRegistration,
  LETTER_OF_AUTHORIZATION,
  proofOfIdentity,
  usLocal,
} from '../../support/kyc';
import { pendingCall, temporalCli } from '../../support/operator-cli';
import { impatientBundle } from '../../support/impatient-bundle';
import { openStand, type OrderStand } from '../../support/order-stand';
import { standForEach } from '../../support/stands';
import { devServer } from '../../support/temporal';

const OLGA = { author: 'Olga', reason: 'test' };

const reset = (reference: string, type: 'FirstWorkflowTask' | 'LastWorkflowTask') =>
  temporalCli('workflow', 'reset', '--workflow-id', workflowIdOf(reference), '--type', type, '--reason', 'a test');

describe("Temporal's button Reset", () => {
  const told: string[] = [];
  const stand = standForEach(devServer, {
    sinch: { timeoutMs: 4_000 },
    policy: { settleMs: 300 },
    ports: {
      notifier: {
        notify: ({ type }) => {
          told.push(type);
          return Promise.resolve();
        },
      },
    },
  });

  /** Of a workflow task's end, which is undone too. */
  const resetTo = (reference: string, eventId: unknown) =>
    temporalCli(
      ...['workflow', 'reset', '--workflow-id', workflowIdOf(reference), '--reason', 'a test'],
      ...['--event-id', String(eventId)],
    );
  const callBack = (reference: string, resourceId: string) =>
    stand.environment.client.workflow
      .getHandle(workflowIdOf(reference))
      .signal('sinchEvent', { eventId: randomUUID(), resourceType: 'NUMBER_ORDER', resourceId });
  const result = (reference: string) => stand.client.result(reference);
  const orders = () => stand.fake.control.audit().orders;
  const noticed = async (reference: string) =>
    (await stand.client.order(reference)).notices.map(({ message }) => message).join();
  const end = async (reference: string) => {
    await stand.client.cancel(reference, { reason: 'enough seen' });
    await result(reference);
    await stand.checkHistory(reference);
  };

  it.each(['LastWorkflowTask', 'FirstWorkflowTask'] as const)(
    'after the end, to its %s, buys nothing a second time',
    async (type) => {
      const reference = await stand.start({
        ...usLocal,
        selection: { phoneNumber: '+12125550150' },
        notificationUrl: 'https://shop.example/hook',
      });
      await result(reference);
      await reset(reference, type);

      await stand.view(reference, ({ stage }) => stage === 'COMPLETED' || stage === 'UNCONFIRMED');

      expect(orders()).toHaveLength(1);
      if (type === 'FirstWorkflowTask') {
        const idNumberOrder = orders()[0]?.idNumberOrder ?? '';
        await stand.client.adoptOrder(reference, { idNumberOrder, ...OLGA });
      }
      await expect(result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
      expect(orders()).toMatchObject([{ submitAttempts: 1 }]);
      await stand.checkHistory(reference);
    },
  );

  const SELECTIONS: NumberOrderRequest['selection'][] = [
    { phoneNumber: '+12125550151' },
    { search: {} },
    { quantity: {} },
    { quantity: { requestedQuantity: 2 } },
  ];
  it.each(SELECTIONS)(
    'before a creation makes no second one of %j: the order reads Sinch, and waits for an operator',
    async (selection) => {
      const reference = await stand.start({ ...gbMobile, ...('phoneNumber' in selection && usLocal), selection });
      await stand.view(reference, ({ sinchOrderId }) => sinchOrderId !== undefined);
      await reset(reference, 'FirstWorkflowTask');

      await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

      expect(orders()).toHaveLength(1);
      expect(await noticed(reference)).toContain('The order was reset');
      const idNumberOrder = orders()[0]?.idNumberOrder ?? '';
      await stand.client.adoptOrder(reference, { idNumberOrder, ...OLGA });
      await stand.view(reference, ({ sinchOrderId }) => sinchOrderId === idNumberOrder);
      if ('phoneNumber' in selection) await result(reference);
      else await end(reference);
      expect(orders()).toHaveLength(1);
    },
  );

  it.each(['first', 'last'])(
    'before several creations reports each that a callback names, the one that has lapsed %s',
    async (lapsedOneComes) => {
      const reference = await stand.start({ ...gbMobile, selection: { quantity: {} }, onExpiry: 'renew' });
      const { sinchOrderId: lapsed = '' } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
      stand.fake.control.moveOrder(lapsed, 'EXPIRED');
      await callBack(reference, lapsed);
      const { sinchOrderId: bought = '' } = await stand.view(
        reference,
        ({ attempt, stage }) => attempt === 2 && stage === 'AWAITING_KYC',
      );
      await reset(reference, 'FirstWorkflowTask');
      await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');
      stand.fake.control.moveOrder(bought, 'IN_REVIEW');

      for (const each of lapsedOneComes === 'first' ? [lapsed, bought] : [bought, lapsed]) {
        await callBack(reference, each);
        await stand.view(reference, ({ notices }) => notices.some(({ message }) => message.includes(each)));
      }

      await expect(stand.client.order(reference)).resolves.toMatchObject({ stage: 'UNCONFIRMED' });
      await stand.client.cancel(reference, { reason: 'enough seen' });
      const { outcome, reservations } = await result(reference);
      expect(outcome).toBe('CANCELLED');
      expect(reservations).toHaveLength(3);
      expect(reservations).toContainEqual({ phoneNumbers: [], state: 'POSSIBLY_ORPHANED' });
      expect(reservations).toContainEqual(expect.objectContaining({ sinchOrderId: lapsed, state: 'LAPSED' }));
      expect(reservations).toContainEqual(
        expect.objectContaining({ sinchOrderId: bought, state: 'POSSIBLY_ORPHANED' }),
      );
      await stand.checkHistory(reference);
    },
  );

  it('before a creation that Sinch has not received makes the order create it', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 429, retryAfter: 600 });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber: '+12125550152' } });
    await stand.view(reference, ({ notices }) => notices.some(({ message }) => message.includes('was not processed')));
    await reset(reference, 'FirstWorkflowTask');

    await expect(result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', phoneNumbers: ['+12125550152'] });

    expect(orders()).toMatchObject([{ submitAttempts: 1 }]);
    await stand.checkHistory(reference);
  });

  it('before a creation reports a possible orphan when the order is cancelled before it has read Sinch', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start(usLocal);
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    for (const operation of ['lookupNumberRequirements', 'searchAvailableNumbers'] as const)
      stand.fake.control.fault({ operation, effect: 'STATUS', status: 503, times: 'ALWAYS' });
    await reset(reference, 'FirstWorkflowTask');
    await stand.client.cancel(reference, { reason: 'enough seen' });

    await expect(result(reference)).resolves.toMatchObject({
      outcome: 'CANCELLED',
      reservations: [{ state: 'POSSIBLY_ORPHANED' }],
    });

    expect(orders()).toMatchObject([{ state: 'IN_REVIEW', submitAttempts: 1 }]);
    await stand.checkHistory(reference);
  });

  const NO_BEGINNING: [string, (control: Control) => void][] = [
    [
      'expects a document that is not asked for any more',
      (control) => control.setRequirements('AU', 'MOBILE', undefined),
    ],
    [
      'is refused the requirements',
      (control) =>
        control.fault({ operation: 'lookupNumberRequirements', effect: 'STATUS', status: 422, times: 'ALWAYS' }),
    ],
  ];
  it.each(NO_BEGINNING)('before a creation does not fail an order that may hold a number and %s', async (_, forbid) => {
    const reference = await stand.start({ ...auMobile, expectedAttachments: [LETTER_OF_AUTHORIZATION] });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    forbid(stand.fake.control);
    await reset(reference, 'FirstWorkflowTask');

    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

    await end(reference);
    await expect(result(reference)).resolves.toMatchObject({ reservations: [{ state: 'POSSIBLY_ORPHANED' }] });
  });

  it('during the review, to before the submission, submits nothing a second time', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const reference = await stand.start(gbMobile);
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    const { raw } = await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).describe();
    const answered = Number(raw.workflowExecutionInfo?.historyLength);
    await stand.client.register(reference, gbRegistration);
    await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    const [history] = await stand.runs(reference);
    const task = history?.events?.findLast(
      ({ eventId, workflowTaskCompletedEventAttributes }) =>
        workflowTaskCompletedEventAttributes && Number(eventId) <= answered,
    );
    await resetTo(reference, task?.eventId);

    const view = await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');

    expect(view.notices.map(({ message }) => message).join()).toContain('The order was reset');
    expect(orders()).toMatchObject([{ submitAttempts: 1 }]);
    stand.fake.control.moveOrder(view.sinchOrderId ?? '', 'COMPLETED');
    await stand.client.reread(reference, OLGA);
    await expect(result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    expect(orders()).toHaveLength(1);
    await stand.checkHistory(reference);
  });

  it('to before an update, with a signal right after, leaves a history that replays', async () => {
    const reference = await stand.start(auMobile);
    const { sinchOrderId } = await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await stand.client.attach(reference, proofOfIdentity());
    const [history] = await stand.runs(reference);
    const accepted = history?.events?.findIndex((event) => event.workflowExecutionUpdateAcceptedEventAttributes);
    await stand.stopWorker();
    await resetTo(reference, history?.events?.[(accepted ?? NaN) - 1]?.eventId);
    const order = stand.environment.client.workflow.getHandle(workflowIdOf(reference));
    await order.signal(SIGNAL.sinchEvent, { resourceType: 'NUMBER_ORDER', resourceId: sinchOrderId });
    await stand.startWorker();

    await stand.client.register(reference, auRegistration());

    await expect(result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await stand.checkHistory(reference);
  });

  it('while KYC is awaited does not change a later renewal', async () => {
    stand.fake.control.planNextOrder({ reservationSeconds: 20 });
    const reference = await stand.start({ ...gbMobile, onExpiry: 'renew' });
    await stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
    await reset(reference, 'LastWorkflowTask');

    const renewed = await stand.view(reference, ({ attempt, stage }) => attempt === 2 && stage !== 'RESERVING');

    expect(renewed.stage).toBe('AWAITING_KYC');
    expect(orders()).toHaveLength(2);
    await end(reference);
  });

  it('while a creation is under way leaves one creation at Sinch', async () => {
    stand.fake.control.fault({ operation: 'createNumberOrder', effect: 'HANG', when: 'AFTER' });
    const reference = await stand.start({ ...usLocal, selection: { phoneNumber: '+12125550153' } });
    await pendingCall(stand.environment.client, reference, 'createNumberOrder');
    await reset(reference, 'LastWorkflowTask');

    await stand.view(reference, ({ stage }) => stage === 'UNCONFIRMED');

    expect(orders()).toHaveLength(1);
    await end(reference);
  });
});

describe("Temporal's button Reset, where the server loses a time-out", () => {
  let stand: OrderStand;

  beforeAll(async () => {
    stand = await openStand(await devServer(), { workflowBundle: await impatientBundle() });
  });
  afterAll(() => stand.close());

  it('while a submission waits for a worker, which comes after the deadline, submits nothing, and the order ends', async () => {
    const orders = () => stand.fake.control.audit().orders;
    const waitingSubmission = (reference: string) =>
      pendingCall(stand.environment.client, reference, 'submitNumberOrder', () => true);
    stand.fake.control.planNextOrder({ reservationSeconds: 20 });
    stand.fake.control.fault({ operation: 'submit', effect: 'STATUS', status: 429, retryAfter: 4 });
    const reference = await stand.start({ ...gbMobile, registration: gbRegistration });
    await stand.view(reference, () => (stand.fake.control.audit().requests.submit?.faulted ?? 0) > 0);
    await stand.stopWorker();
    await stand.startWorker({ callsSinch: false });
    await waitingSubmission(reference);
    await stand.environment.client.workflow.getHandle(workflowIdOf(reference)).signal('noSuchSignal');
    await stand.view(reference, ({ notices }) => notices.some(({ message }) => message.includes('noSuchSignal')));

    await reset(reference, 'LastWorkflowTask');
    await waitingSubmission(reference);
    await setTimeout(Math.max(0, Date.parse(orders()[0]?.expireTime ?? '') - Date.now()) + 100);
    await stand.restartWorker();

    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'EXPIRED' });
    expect(orders()).toMatchObject([{ submits: 0, submitAttempts: 0 }]);
    await stand.checkHistory(reference);
  });
});
