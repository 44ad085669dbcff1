import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { type FakeSinch, startFakeSinch } from '../../fake-sinch';
import { callbackPath } from '../../src/callbacks/path';
import type { CallbackReport } from '../../src/callbacks/receiver';
import { startCallbackReceiver, type CallbackServer } from '../../src/callbacks/serve';
import { orderSignaller } from '../../src/callbacks/signal-order';
import { reachesTemporal } from '../../src/http/probes';
import { WORKFLOW_TYPE, workflowIdOf, type SinchEvent } from '@number-orders/contract';
import { Caller } from '../fake-sinch/support';
import { devServer } from '../support/temporal';

let temporal: TestWorkflowEnvironment;
let fake: FakeSinch;
let receiver: CallbackServer;
let reports: CallbackReport[];

beforeAll(async () => {
  temporal = await devServer();
});
afterAll(() => temporal.teardown());

const listenWith = (client: Client, answersWithinMs?: number) =>
  startCallbackReceiver({
    hostname: '127.0.0.1',
    port: 0,
    secret: fake.hmacSecret,
    signalOrder: orderSignaller(client, answersWithinMs),
    reachesTemporal: () => reachesTemporal(client),
    onCallback: (report) => reports.push(report),
  });

beforeEach(async () => {
  reports = [];
  fake = await startFakeSinch();
  fake.control.stopClock();
  // As long as a busy machine may need.
  receiver = await listenWith(temporal.client, 60_000);
});
afterEach(async () => {
  await fake.close();
  await receiver.close();
});

/** An order of the workflow's type and id that no worker looks at: what is signalled to it stays in its history. */
async function openOrder() {
  const reference = `callbacks-${randomUUID()}`;
  const handle = await temporal.client.workflow.start(WORKFLOW_TYPE, {
    workflowId: workflowIdOf(reference),
    taskQueue: reference,
  });
  const signalled = async (): Promise<SinchEvent[]> => {
    const { events } = await handle.fetchHistory();
    return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
      if (signal?.signalName !== 'sinchEvent') return [];
      return [JSON.parse(Buffer.from(signal.input?.payloads?.[0]?.data ?? []).toString('utf8')) as SinchEvent];
    });
  };
  return { reference, handle, signalled };
}

/** Has Sinch review an order to its end; answers Sinch's id of it when all callbacks are answered or given up. */
async function completeAtSinch(reference: string): Promise<string> {
  const sinch = new Caller(fake);
  const callbackUrl = `${receiver.url}/${callbackPath(fake.hmacSecret, reference, 1)}`;
  const smsConfiguration = { servicePlanId: 'plan-1' };
  const id = await sinch.reserve('US', 'LOCAL', { callbackUrl, smsConfiguration });
  await sinch.submit(id);
  fake.control.advance(60_000);
  await fake.control.flushCallbacks();
  return id;
}

describe('A callback from Sinch', () => {
  it('is signalled to its order, whether it is about review, completion or linking', async () => {
    const { reference, handle, signalled } = await openOrder();
    const id = await completeAtSinch(reference);
    const events = await signalled();
    expect(events.map(({ resourceType, status }) => `${resourceType} ${status}`)).toEqual([
      'NUMBER_ORDER IN_REVIEW',
      'NUMBER_ORDER COMPLETED',
      'ACTIVE_NUMBER SUCCEEDED',
    ]);
    expect(events[0]).toMatchObject({ resourceId: id, projectId: fake.projectId });
    expect(fake.control.audit().callbacks.map(({ answered, deliveries }) => [answered, deliveries])).toEqual([
      [200, 1],
      [200, 1],
      [200, 1],
    ]);
    await handle.terminate();
  });

  it('is signalled once when Sinch delivers it twice', async () => {
    const { reference, handle, signalled } = await openOrder();
    fake.control.doubleCallbacks(3);
    await completeAtSinch(reference);
    expect(await signalled()).toHaveLength(3);
    expect(reports.filter(({ result }) => result === 'duplicate')).toHaveLength(3);
    await handle.terminate();
  });

  it('is answered 200 if its order does not exist or is closed', async () => {
    const { reference, handle } = await openOrder();
    await handle.terminate();
    await completeAtSinch(reference);
    await completeAtSinch(`never-started-${randomUUID()}`);
    expect(fake.control.audit().callbacks.map(({ answered }) => answered)).toEqual(Array(6).fill(200));
    expect(new Set(reports.map(({ result }) => result))).toEqual(new Set(['unknown']));
  });

  it('arrives at a receiver that reports that it is ready', async () => {
    expect((await fetch(`${receiver.url}/ready`)).status).toBe(200);
  });

  it('is answered 503 while Temporal is down, so that Sinch repeats it', async () => {
    await receiver.close();
    const nowhere = Connection.lazy({ address: '127.0.0.1:1' });
    receiver = await listenWith(new Client({ connection: nowhere }), 200);
    fake.control.configure({ callbackAttempts: 2 });
    await completeAtSinch('order-1');
    expect(new Set(fake.control.audit().callbacks.map(({ answered }) => answered))).toEqual(new Set([503]));
    expect(fake.control.audit().callbacks[0]?.deliveries).toBe(2);
    // Routed to another one meanwhile, and not restarted.
    expect([(await fetch(`${receiver.url}/ready`)).status, (await fetch(`${receiver.url}/live`)).status]).toEqual([
      503, 200,
    ]);
    await nowhere.close();
  });

  it('is refused when Sinch signs with another secret than ours', async () => {
    const { reference, handle, signalled } = await openOrder();
    await receiver.close();
    const path = callbackPath('another-secret-0123456789abcdefghi', reference, 1);
    receiver = await startCallbackReceiver({
      hostname: '127.0.0.1',
      port: 0,
      secret: 'another-secret-0123456789abcdefghi',
      signalOrder: orderSignaller(temporal.client),
    });
    fake.control.configure({ callbackAttempts: 1 });
    const sinch = new Caller(fake);
    await sinch.submit(await sinch.reserve('US', 'LOCAL', { callbackUrl: `${receiver.url}/${path}` }));
    await fake.control.flushCallbacks();
    expect(fake.control.audit().callbacks.map(({ answered }) => answered)).toEqual([401]);
    expect(await signalled()).toEqual([]);
    await handle.terminate();
  });
});
