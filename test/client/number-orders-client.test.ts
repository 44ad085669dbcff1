import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Client } from '@temporalio/client';
import {
  AlreadyCompletedError,
  InvalidRequestError,
  NoAnswerError,
  NumberOrderFailedError,
  NumberOrdersClient,
  OrderEndedError,
  OrderNotFoundError,
  OrderRefusedError,
  RequestMismatchError,
} from '../../src/client';
import { workflowIdOf, WORKFLOW_TYPE, type NumberOrderRequest } from '@number-orders/contract';
import { keyList, newKey } from '../support/keys';
import { auMobile, auRegistration, gbMobile, gbRegistration, proofOfIdentity, usLocal } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { createDataConverter } from '../../src/data-converter';
import { devServer } from '../support/temporal';

let stand: OrderStand;
let client: NumberOrdersClient;

beforeAll(async () => {
  // As connectNumberOrders has it.
  stand = await openStand(await devServer({ dataConverter: createDataConverter() }));
  ({ client } = stand);
});
afterAll(async () => {
  await stand.close();
  await stand.environment.teardown();
});

const requestOf = (order: Omit<NumberOrderRequest, 'reference'>): NumberOrderRequest => ({
  reference: `test-${randomUUID()}`,
  ...order,
});
const isWaiting = ({ stage }: { stage: string }) => stage === 'AWAITING_KYC';

async function endedBy(reason: string): Promise<NumberOrderRequest> {
  const request = requestOf(gbMobile);
  await client.start(request);
  await client.cancel(request.reference, { reason });
  await client.result(request.reference);
  return request;
}

describe('starting an order', () => {
  it('twice creates one order, and the second call attaches to it', async () => {
    const request = requestOf(gbMobile);
    const first = await client.start(request);
    const second = await client.start(request);

    expect(first).toMatchObject({ workflowId: workflowIdOf(request.reference), attached: false });
    expect(second).toEqual({ ...first, attached: true });
    await client.cancel(request.reference, { reason: 'seen' });
  });

  it('again after its end attaches to the order that has ended', async () => {
    const request = await endedBy('enough');
    await expect(client.start(request)).resolves.toMatchObject({ attached: true });
    await expect(client.result(request.reference)).resolves.toMatchObject({ outcome: 'CANCELLED' });
  });

  it('with other KYC, or with its fields in a different sequence, counts as the same request', async () => {
    const { reference, ...order } = requestOf(gbMobile);
    await client.start({ reference, ...order });
    const again = client.start({ ...order, registration: gbRegistration, reference });
    await expect(again).resolves.toMatchObject({ attached: true });
    await client.cancel(reference, { reason: 'seen' });
  });

  it('with a different request is reported as a mismatch, whether the order is open or ended', async () => {
    const request = await endedBy('enough');
    await expect(client.start({ ...request, numberType: 'LOCAL' })).rejects.toThrow(RequestMismatchError);
    await expect(client.reserve({ ...request, numberType: 'LOCAL' })).rejects.toThrow(RequestMismatchError);
  });

  it.each(['start', 'reserve'] as const)(
    "by %s with a tenant's fairness key sets the fairness key of the order",
    async (way) => {
      const request = requestOf(gbMobile);
      await client[way](request, { priority: { fairnessKey: 'tenant-7', fairnessWeight: 2 } });

      // Temporal hands it on to the order's activities when it gives them out, and to the runs that follow.
      const order = stand.environment.client.workflow.getHandle(workflowIdOf(request.reference));
      await expect(order.describe()).resolves.toMatchObject({
        priority: { fairnessKey: 'tenant-7', fairnessWeight: 2 },
      });
      await client.cancel(request.reference, { reason: 'seen' });
    },
  );

  it('with a fairness key that Temporal would not accept is refused', async () => {
    const priority = { fairnessKey: 'ä'.repeat(33) };
    await expect(client.start(requestOf(gbMobile), { priority })).rejects.toThrow(InvalidRequestError);
    await expect(client.reserve(requestOf(gbMobile), { priority })).rejects.toThrow(
      'fairnessKey must be at most 64 bytes',
    );
  });

  it('as a new attempt is possible, unless the order has its numbers', async () => {
    const cancelled = await endedBy('enough');
    const again = await client.start(cancelled, { newAttempt: true });
    expect(again.attached).toBe(false);
    await client.cancel(cancelled.reference, { reason: 'seen' });

    const completed = requestOf(usLocal);
    await client.start(completed);
    await client.result(completed.reference);
    await expect(client.start(completed, { newAttempt: true })).rejects.toThrow(AlreadyCompletedError);
  });

  it('as a new attempt attaches while the order is open, because it may be buying at this moment', async () => {
    const open = { reference: `open-${randomUUID()}`, ...auMobile };
    const { runId } = await client.start(open);
    await expect(client.start(open, { newAttempt: true })).resolves.toMatchObject({ attached: true, runId });
    await client.cancel(open.reference, { reason: 'test' });
  });

  it('with a malformed request is refused with every wrong field, before anything is sent', async () => {
    const malformed = { reference: 'test-malformed', regionCode: 'au', numberType: 'FIXED', selection: {} };
    const start = client.start(malformed as never);
    await expect(start).rejects.toThrow(InvalidRequestError);
    await expect(start).rejects.toMatchObject({
      violations: [{ field: 'regionCode' }, { field: 'numberType' }, { field: 'selection' }],
    });
    await expect(client.order('test-malformed')).rejects.toThrow(OrderNotFoundError);
  });

  it('shows in Temporal what is ordered, and no KYC', async () => {
    const request = requestOf({ ...gbMobile, registration: gbRegistration });
    await client.start(request);
    const handle = stand.environment.client.workflow.getHandle(workflowIdOf(request.reference));
    const description = await handle.describe();
    const shown = [await description.staticSummary(), await description.staticDetails(), description.memo];
    expect(shown[0]).toBe('GB MOBILE: the first number found');
    expect(JSON.stringify(shown)).toContain(request.reference);
    expect(JSON.stringify(shown)).not.toContain('Example Ltd');
    await client.result(request.reference);
  });
});

describe('reserving in one call', () => {
  it('answers with the reservation', async () => {
    const request = requestOf(auMobile);
    const answer = await client.reserve(request);
    expect(answer).toMatchObject({ stage: 'AWAITING_KYC', phoneNumbers: [expect.stringMatching(/^\+614/)] });
    expect(Date.parse(answer.expireTime ?? '')).toBeGreaterThan(Date.now());
    await expect(client.reserve(request)).resolves.toMatchObject({ sinchOrderId: answer.sinchOrderId });
    await client.cancel(request.reference, { reason: 'seen' });
  });

  it('for an order that has ended answers with its outcome', async () => {
    const request = await endedBy('enough');
    await expect(client.reserve(request)).resolves.toMatchObject({ stage: 'CANCELLED', outcome: 'CANCELLED' });
  });

  it('throws the typed failure if Sinch does not know the region', async () => {
    const request = requestOf({ ...gbMobile, regionCode: 'ZZ' });
    const expected = { name: 'NumberOrderFailedError', type: 'SinchInvalidArgument' };
    await expect(client.reserve(request)).rejects.toMatchObject(expected);
    await expect(client.result(request.reference)).rejects.toThrow(NumberOrderFailedError);
    await expect(client.reserve(request)).rejects.toMatchObject(expected);
  });
});

describe('sending KYC', () => {
  it('by signal does not wait for an answer', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, isWaiting);
    await expect(client.register(reference, auRegistration(), { signal: true })).resolves.toBeUndefined();
    await expect(client.attach(reference, proofOfIdentity(), { signal: true })).resolves.toBeUndefined();
    await expect(client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
  });

  it('that is malformed is refused before it is sent or stored', async () => {
    const reference = await stand.start(auMobile);
    await expect(client.register(reference, {} as never)).rejects.toThrow(InvalidRequestError);
    const badName = proofOfIdentity({ fileName: '../identity.pdf' });
    await expect(client.attach(reference, badName)).rejects.toThrow(/fileName must be a plain file name/);
    expect(existsSync(join(stand.folder, reference))).toBe(false);
    await client.cancel(reference, { reason: 'seen' });
  });

  it('to an order that has ended, or never existed, stores nothing', async () => {
    const { reference } = await endedBy('enough');
    await expect(client.register(reference, auRegistration())).rejects.toThrow(OrderEndedError);
    await expect(client.register(reference, auRegistration(), { signal: true })).rejects.toThrow(OrderEndedError);
    await expect(client.attach(reference, proofOfIdentity())).rejects.toThrow(OrderEndedError);
    await expect(client.attach('never-was', proofOfIdentity())).rejects.toThrow(OrderNotFoundError);
    expect(existsSync(join(stand.folder, reference))).toBe(false);
    expect(existsSync(join(stand.folder, 'never-was'))).toBe(false);
  });

  it('fails if the file cannot be read', async () => {
    const reference = await stand.start(auMobile);
    await expect(client.attach(reference, proofOfIdentity({ content: '/no/such/file' }))).rejects.toThrow(/ENOENT/);
    await client.cancel(reference, { reason: 'seen' });
  });

  it('that is refused before it is read closes its stream', async () => {
    const { reference } = requestOf(gbMobile);
    const attached = createReadStream(__filename);
    await expect(client.attach(reference, proofOfIdentity({ content: attached }))).rejects.toThrow(OrderNotFoundError);
    const staged = createReadStream(__filename);
    await expect(client.stage(reference, proofOfIdentity({ content: staged, mimeType: 'x' }))).rejects.toThrow(
      /mimeType/,
    );
    expect([attached.destroyed, staged.destroyed]).toEqual([true, true]);
  });

  it('that is neither bytes, a stream nor a path is refused with the name of the field', async () => {
    const { content: _, ...nothing } = proofOfIdentity();
    await expect(client.stage('x', nothing as never)).rejects.toThrow(/content must be the bytes/);
  });

  it('that is still being stored when its order ends is refused, and leaves nothing in the store', async () => {
    const { reference } = requestOf(gbMobile);
    await client.start({ reference, ...gbMobile });
    await client.attach(reference, proofOfIdentity());
    const content = Readable.from(
      (async function* () {
        yield 'one half';
        await client.cancel(reference, { reason: 'of no use any more' });
        await client.result(reference);
        yield 'the other';
      })(),
    );
    await expect(client.attach(reference, proofOfIdentity({ content }))).rejects.toThrow(OrderEndedError);
    expect(existsSync(join(stand.folder, reference))).toBe(false);
  });

  it('before the order starts is possible with a staged document that the request names', async () => {
    const reference = `test-${randomUUID()}`;
    const content = Readable.from(['a document']);
    const attachment = await client.stage(reference, proofOfIdentity({ content }));
    await client.start({ reference, ...auMobile, registration: auRegistration(), attachments: [attachment] });
    await expect(client.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED', missing: [] });
  });
});

describe("operators' actions", () => {
  const action = { author: 'ops', reason: 'test' };

  it('are answered with the stage and what was done', async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, isWaiting);
    await expect(client.reread(reference, action)).resolves.toMatchObject({ stage: 'AWAITING_KYC' });
    await client.cancel(reference, { reason: 'seen' });
  });

  it("throw the order's reason when it refuses them", async () => {
    const reference = await stand.start(auMobile);
    await stand.view(reference, isWaiting);
    await expect(client.adoptOrder(reference, { ...action, idNumberOrder: 'abc' })).rejects.toThrow(OrderRefusedError);
    await client.cancel(reference, { reason: 'seen' });
  });

  it('are refused without an author or a reason', async () => {
    const missing = client.reread('test-any', { author: 'ops' } as never);
    await expect(missing).rejects.toThrow('The request needs a correction: reason is missing');
  });
});

describe('listing orders', () => {
  async function listed(reference: string, filter: Parameters<NumberOrdersClient['list']>[0], lister = client) {
    for await (const summary of lister.list(filter)) if (summary.reference === reference) return summary;
    return undefined;
  }

  /** Visibility is behind the order: asks until it has caught up. */
  async function eventually(look: () => ReturnType<typeof listed>): ReturnType<typeof listed> {
    for (let tries = 0; tries < 100; tries++) {
      const found = await look();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('Visibility does not list the order');
  }

  it('finds them by stage, region and the end of their reservation', async () => {
    const reference = await stand.start(auMobile);
    const { sinchOrderId } = await stand.view(reference, isWaiting);
    const in3Days = new Date(Date.now() + 3 * 86_400_000);
    const filter = { stage: 'AWAITING_KYC', region: 'AU', expiresBefore: in3Days } as const;

    const found = await eventually(() => listed(reference, filter));

    expect(found).toMatchObject({
      reference,
      stage: 'AWAITING_KYC',
      regionCode: 'AU',
      sinchOrderId,
      status: 'RUNNING',
    });
    await expect(listed(reference, { ...filter, region: 'GB' })).resolves.toBeUndefined();
    await expect(listed(reference, { expiresBefore: new Date() })).resolves.toBeUndefined();
    await client.cancel(reference, { reason: 'seen' });
  });

  it('needs nothing that this client cannot decode', async () => {
    const { connection } = stand.environment;
    const dataConverter = createDataConverter(keyList(newKey('theirs')));
    const reference = `test-${randomUUID()}`;
    const start = await new Client({ connection, dataConverter }).workflow.start(WORKFLOW_TYPE, {
      workflowId: workflowIdOf(reference),
      taskQueue: `theirs-${randomUUID()}`,
      args: [{ reference, ...auMobile }],
      memo: { note: 'of another team' },
    });
    const lister = new NumberOrdersClient({ client: new Client({ connection }), taskQueue: stand.taskQueue });

    await expect(eventually(() => listed(reference, { open: true }, lister))).resolves.toMatchObject({ reference });

    await start.terminate('seen');
  });

  it('by a stage that does not exist throws an error that lists the stages', async () => {
    await expect(listed('any', { stage: "X' OR 1=1" as never })).rejects.toThrow(/stage must be one of LOOKING_UP/);
  });
});

describe('when no worker answers', () => {
  it('a call fails in time, with an error that says how to find the cause', async () => {
    const lonely = new NumberOrdersClient({
      client: stand.environment.client,
      taskQueue: `nobody-${randomUUID()}`,
      timeoutMs: 5_000,
    });
    const request = requestOf(gbMobile);
    await lonely.start(request);
    await expect(lonely.register(request.reference, gbRegistration)).rejects.toThrow(NoAnswerError);
    await expect(lonely.order(request.reference)).rejects.toThrow(/is a worker polling the task queue nobody-/);
    await stand.environment.client.workflow.getHandle(workflowIdOf(request.reference)).terminate('test is over');
    await expect(lonely.result(request.reference)).rejects.toMatchObject({
      name: 'NumberOrderFailedError',
      type: undefined,
    });
  });
});
