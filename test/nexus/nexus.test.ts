import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, NexusOperationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { workflowIdOf, type FailureDetails, type NumberOrderRequest } from '@number-orders/contract';
import { createDataConverter, type ConnectedClient } from '../../src/client';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { checkHistories } from '../support/check-histories';
import { asSetting, keyList, newKey } from '../support/keys';
import { devServer } from '../support/temporal';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process';
import type { callNumberOrders, openLine } from './callers';

const keys = keyList(newKey('shared'));
const namespace = `callers-${randomUUID()}`;
const endpoint = `number-orders-${randomUUID()}`;
const taskQueue = 'callers';

let environment: TestWorkflowEnvironment;
let orders: WorkerProcess;
let connected: ConnectedClient;
let callers: Client;
let callersWorker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  const dataConverter = createDataConverter(keys);
  environment = await devServer({ dataConverter });
  const { workflowService } = environment.connection;
  await workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  orders = await startWorkerProcess({ NUMBER_ORDERS_ENCRYPTION_KEYS: asSetting(keys) });
  connected = await orders.connect();
  await environment.createNexusEndpoint(endpoint, orders.taskQueue);
  callers = new Client({ connection: environment.connection, namespace, dataConverter });
  callersWorker = await createWhenKnown(() =>
    Worker.create({
      connection: environment.nativeConnection,
      namespace,
      taskQueue,
      workflowsPath: require.resolve('./callers'),
      dataConverter,
    }),
  );
  running = callersWorker.run();
});
afterAll(async () => {
  callersWorker.shutdown();
  await running;
  await connected.close();
  await orders.stop();
  await environment.teardown();
});

/** Every part of the server knows a new namespace only some seconds later. */
async function createWhenKnown<T>(create: () => Promise<T>, triesLeft = 30): Promise<T> {
  try {
    return await create();
  } catch (error) {
    if (triesLeft === 0) throw error;
    await delay(1_000);
    return createWhenKnown(create, triesLeft - 1);
  }
}

const waitsForKyc = (): NumberOrderRequest => ({
  reference: `nexus-${randomUUID()}`,
  regionCode: 'AU',
  numberType: 'MOBILE',
  selection: { search: {} },
});
const needsNothing = (): NumberOrderRequest => ({ ...waitsForKyc(), regionCode: 'US' });

const start = (request: NumberOrderRequest) =>
  callers.workflow.start<typeof openLine>('openLine', {
    taskQueue,
    workflowId: `opens-a-line-${randomUUID()}`,
    args: [request, endpoint],
  });

function call(operation: Parameters<typeof callNumberOrders>[1], input: unknown): Promise<unknown> {
  return callers.workflow.execute<typeof callNumberOrders>('callNumberOrders', {
    taskQueue,
    workflowId: `calls-${randomUUID()}`,
    args: [endpoint, operation, input],
  });
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  const failure = error instanceof WorkflowFailedError ? error.cause : error;
  expect(failure).toBeInstanceOf(NexusOperationFailure);
  return (failure as NexusOperationFailure).cause;
}

/** Of a failure of the registry, which says that the request is malformed. */
async function invalidFieldsOf(call: Promise<unknown>): Promise<string[]> {
  let failure: unknown = await failureOf(call);
  while (failure instanceof ApplicationFailure && failure.type !== 'InvalidRequest') failure = failure.cause;
  const [details] = (failure as ApplicationFailure).details as [FailureDetails];
  return details.violations.map(({ field }) => field);
}

const reservations = () => orders.fake.control.audit().requests.createNumberOrder?.count ?? 0;

/** Callers are called back by the order's own completion callbacks. */
async function untilAwaitedBy(count: number, reference: string): Promise<void> {
  const handle = environment.client.workflow.getHandle(workflowIdOf(reference));
  for (;;) {
    const description = await handle.describe().catch(() => undefined);
    if (description?.raw.callbacks?.length === count) return;
    await delay(100);
  }
}

const checkHistory = ({ reference }: NumberOrderRequest) =>
  checkHistories(environment, [workflowIdOf(reference)], createWorkerDataConverter(keys));

describe('an order that another namespace starts by Nexus', () => {
  it('completes, and answers a call after its end, so that a repeated call does not wait for ever', async () => {
    const request = needsNothing();
    const result = await (await start(request)).result();
    expect(result).toMatchObject({ outcome: 'COMPLETED', phoneNumbers: [expect.any(String)] });
    expect(await call('order', request)).toEqual(result);
    await checkHistory(request);
  });

  it('is shared by all its callers, even if its worker is killed meanwhile, and ends for all when one of them cancels', async () => {
    const request = waitsForKyc();
    const { reference } = request;
    const before = reservations();
    const first = await start(request);
    const second = await start(request);
    await untilAwaitedBy(2, reference);
    await orders.killAndStartAgain();
    expect(await call('view', { reference })).toMatchObject({ reference, stage: 'AWAITING_KYC' });
    await first.cancel();
    const ends = await Promise.all([first.result(), second.result()]);
    expect(ends.map(({ outcome }) => outcome)).toEqual(['CANCELLED', 'CANCELLED']);
    expect(reservations() - before).toBe(1);
    await checkHistory(request);
  });

  it('is cancelled by a call that names it, and a call with an unknown reference fails with NOT_FOUND', async () => {
    const request = waitsForKyc();
    const { reference } = request;
    expect(await call('reserve', request)).toMatchObject({ stage: 'AWAITING_KYC', phoneNumbers: [expect.any(String)] });
    await call('cancel', { reference, reason: 'no longer needed', author: 'the test' });
    expect(await call('order', request)).toMatchObject({ outcome: 'CANCELLED' });
    const failure = await failureOf(call('view', { reference: `none-${randomUUID()}` }));
    expect(failure).toMatchObject({ type: 'NOT_FOUND' });
    await expect(failureOf(call('cancel', { reference, reason: 'too late' }))).resolves.toMatchObject({
      type: 'BAD_REQUEST',
    });
  });

  it('fails at once with the wrong fields if the request is malformed or differs from the first', async () => {
    const request = waitsForKyc();
    await call('reserve', request);
    const malformed = { ...waitsForKyc(), regionCode: 'Australia', correctionWindow: 'soon' };
    for (const [operation, input, fields] of [
      ['order', malformed, ['regionCode', 'correctionWindow']],
      ['reserve', malformed, ['regionCode', 'correctionWindow']],
      ['order', null, ['argument']],
      ['order', { ...request, regionCode: 'DE' }, ['reference']],
      ['cancel', { reference: request.reference }, ['reason']],
      ['view', { reference: '../other' }, ['reference']],
    ] as const) {
      expect(await invalidFieldsOf(call(operation, input))).toEqual(fields);
    }
    await call('cancel', { reference: request.reference, reason: 'no longer needed' });
  });
});
