import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { AlreadyCompletedError, NewAttemptRefusedError, NumberOrdersClient } from '../../src/client';
import { FORCED_MEMO, WORKFLOW_TYPE, workflowIdOf, type NumberOrderRequest } from '@number-orders/contract';
import { commandLine } from '../support/command-line';
import { gbMobile, gbRegistration, usLocal } from '../support/kyc';
import { standForEach } from '../support/stands';
import { devServer, timeSkipping } from '../support/temporal';

describe('a new attempt', () => {
  const stand = standForEach(devServer);
  const numberOrders = commandLine(stand);

  const requestOf = (order: Omit<NumberOrderRequest, 'reference'>): NumberOrderRequest => ({
    reference: `test-${randomUUID()}`,
    ...order,
  });
  const temporalsOwn = ({ reference }: NumberOrderRequest) =>
    stand.environment.client.workflow.getHandle(workflowIdOf(reference));
  const ordersAtSinch = () => stand.fake.control.audit().orders;

  /** Ended without a number, and with one for the next attempt. */
  async function unavailable(): Promise<NumberOrderRequest> {
    stand.fake.control.takeNumbers('+12125550077');
    const request = requestOf({ ...usLocal, selection: { phoneNumber: '+12125550077' } });
    await stand.client.start(request);
    await expect(stand.client.result(request.reference)).resolves.toMatchObject({ outcome: 'UNAVAILABLE' });
    return { ...request, selection: { search: {} } };
  }

  /** In review when it was terminated; Sinch completes it all the same. */
  async function terminatedInReview(): Promise<NumberOrderRequest> {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    const request = requestOf({ ...gbMobile, registration: gbRegistration });
    await stand.client.start(request);
    const { sinchOrderId = '' } = await stand.view(request.reference, ({ stage }) => stage === 'IN_REVIEW');
    await temporalsOwn(request).terminate('by mistake');
    stand.fake.control.moveOrder(sinchOrderId, 'COMPLETED');
    return request;
  }

  it('buys one number when many callers ask for it at once', async () => {
    const request = await unavailable();
    const started = await Promise.all(
      Array.from({ length: 8 }, () => stand.client.start(request, { newAttempt: true })),
    );
    await stand.client.result(request.reference);

    expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
    expect(started.filter(({ attached }) => !attached)).toHaveLength(1);
    expect(ordersAtSinch()).toHaveLength(1);
  });

  it("buys no second number when another caller's attempt has already bought one, and keeps its result", async () => {
    const request = await unavailable();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let reached: () => void = () => undefined;
    const isHeld = new Promise<void>((resolve) => (reached = resolve));
    const { connection, namespace = 'default', options } = stand.environment.client as Client & { namespace?: string };
    const slow = new NumberOrdersClient({
      taskQueue: stand.taskQueue,
      client: new Client({
        connection,
        namespace,
        dataConverter: options.dataConverter,
        interceptors: {
          workflow: [
            {
              startWithDetails: async (input, next) => {
                reached();
                await held;
                return next(input);
              },
            },
          ],
        },
      }),
    });
    const late = slow.start(request, { newAttempt: true });
    await isHeld;
    const { runId } = await stand.client.start(request, { newAttempt: true });
    await expect(stand.client.result(request.reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });

    letGo();

    await expect(late).resolves.toMatchObject({ attached: true, runId });
    expect(ordersAtSinch()).toHaveLength(1);
    await expect(stand.client.result(request.reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    await expect(slow.start(request, { newAttempt: true })).rejects.toThrow(AlreadyCompletedError);
  });

  it('can follow another one that bought nothing', async () => {
    const request = await unavailable();
    const taken = { ...request, selection: { phoneNumber: '+12125550077' } };
    const second = await stand.client.start(taken, { newAttempt: true });
    await stand.client.result(request.reference);
    const third = await stand.client.start(request, { newAttempt: true });

    expect([second.attached, third.attached]).toEqual([false, false]);
    await expect(stand.client.result(request.reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
  });

  it('needs no force if the order failed before it had reserved anything', async () => {
    const request = requestOf({ ...gbMobile, regionCode: 'ZZ' });
    await stand.client.start(request);
    await expect(stand.client.result(request.reference)).rejects.toMatchObject({ type: 'SinchInvalidArgument' });

    const again = stand.client.start({ ...request, ...usLocal }, { newAttempt: true });

    await expect(again).resolves.toMatchObject({ attached: false });
    await expect(stand.client.result(request.reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
  });

  it('is refused after an order was terminated in review, because Sinch may complete that one and a second number would be bought', async () => {
    const request = await terminatedInReview();
    const again = stand.client.start(request, { newAttempt: true });

    await expect(again).rejects.toThrow(NewAttemptRefusedError);
    await expect(again).rejects.toThrow(/ended TERMINATED.*force and a reason/);
    expect(ordersAtSinch()).toHaveLength(1);
    await expect(stand.client.start(request)).resolves.toMatchObject({ attached: true });
  });

  it('that is forced records who asked for it, why, and which Sinch order is no longer followed', async () => {
    const request = await terminatedInReview();
    const [first] = ordersAtSinch();
    const { leftBehind } = await stand.client.start(request, {
      newAttempt: true,
      force: true,
      author: 'Olga',
      reason: 'the shop needs one today',
    });

    expect(leftBehind).toMatchObject({
      stage: 'IN_REVIEW',
      reservations: [{ sinchOrderId: first?.idNumberOrder, phoneNumbers: first?.phoneNumbers }],
    });
    await expect(stand.client.result(request.reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    const { notices } = await stand.client.order(request.reference);
    const told =
      /by Olga: the shop needs one today. Left behind: run \S+, which ended in IN_REVIEW, may have bought Sinch/;
    expect(notices[0]?.message).toMatch(told);
    expect(notices[0]?.message).toContain(first?.idNumberOrder);
    const audit = await stand.client.audit(request.reference);
    expect(audit.flatMap(({ kind, reason }) => (kind === 'START' && reason ? [reason] : []))).toEqual([
      notices[0]?.message,
    ]);
    await stand.checkHistory(request.reference);
  });

  it('that is forced while no worker answers reports the Sinch order that Temporal itself knows', async () => {
    const request = await terminatedInReview();
    await stand.stopWorker();
    const impatient = new NumberOrdersClient({
      client: stand.environment.client,
      taskQueue: stand.taskQueue,
      timeoutMs: 5_000,
    });
    const { leftBehind } = await impatient.start(request, { newAttempt: true, force: true, reason: 'on call' });

    expect(leftBehind?.reservations).toEqual([{ sinchOrderId: ordersAtSinch()[0]?.idNumberOrder, phoneNumbers: [] }]);
  });

  it('needs no force if the result proves that nothing is left behind, and is always refused after an order with numbers', async () => {
    const force = { newAttempt: true, force: true, reason: 'on call' };
    const request = await unavailable();
    await expect(stand.client.start(request, force)).resolves.not.toHaveProperty('leftBehind');
    await stand.client.result(request.reference);

    await expect(stand.client.start(request, force)).rejects.toThrow(AlreadyCompletedError);
  });

  it.each([
    [{ newAttempt: true, force: true }, 'reason is missing'],
    [{ force: true, reason: 'on call' }, 'force needs newAttempt'],
  ])('is refused with the name of the field when it is forced with %j', async (options, told) => {
    await expect(stand.client.start(requestOf(usLocal), options)).rejects.toThrow(told);
    expect(ordersAtSinch()).toEqual([]);
  });

  it('truncates its notice to what an order can carry, whatever a plain client puts into the memo', async () => {
    const request = requestOf(gbMobile);
    await stand.environment.client.workflow.start(WORKFLOW_TYPE, {
      workflowId: workflowIdOf(request.reference),
      taskQueue: stand.taskQueue,
      args: [request],
      memo: { [FORCED_MEMO]: '\ud83d'.repeat(300_000) },
    });
    const { notices } = await stand.view(request.reference, ({ stage }) => stage === 'AWAITING_KYC');

    expect(Buffer.byteLength(JSON.stringify(notices))).toBeLessThan(10_000);
    await stand.client.cancel(request.reference, { reason: 'seen' });
    await stand.client.result(request.reference);
    await stand.checkHistory(request.reference);
  });

  it('can be forced from the command line, which prints what is left behind', async () => {
    const request = await terminatedInReview();
    const start = ['start', '-', '--new-attempt'];
    const stdin = JSON.stringify(request);

    const refused = await numberOrders(start, { stdin });
    const forced = await numberOrders([...start, '--force', '--author', 'Olga', '--reason', 'on call'], { stdin });

    expect(refused).toMatchObject({ code: 1, printed: expect.stringContaining('force and a reason') });
    expect(forced).toMatchObject({
      code: 0,
      printed: expect.stringContaining(ordersAtSinch()[0]?.idNumberOrder ?? '?'),
    });
    await stand.client.result(request.reference);
  });
});

describe('a new attempt of an order that was cancelled too late', () => {
  const stand = standForEach(timeSkipping);

  it('is refused without force if the number could not be released', async () => {
    stand.fake.control.planNextOrder({ review: ['STUCK'] });
    stand.fake.control.fault({ operation: 'releaseNumber', effect: 'STATUS', status: 400, times: 'ALWAYS' });
    const reference = await stand.start(usLocal);
    const { sinchOrderId = '' } = await stand.view(reference, ({ stage }) => stage === 'IN_REVIEW');
    await stand.client.cancel(reference, { reason: 'no longer needed' });
    stand.fake.control.moveOrder(sinchOrderId, 'COMPLETED');
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });

    const again = stand.client.start({ ...usLocal, reference }, { newAttempt: true });

    await expect(again).rejects.toThrow(/ended CANCELLED/);
  });
});
