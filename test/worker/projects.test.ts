import { createHmac, randomUUID } from 'node:crypto';
import { type FakeSinch, startFakeSinch } from '../../fake-sinch';
import { callbackPath } from '../../src/callbacks/path';
import type { CallbackReport } from '../../src/callbacks/receiver';
import { startCallbackReceiver, type CallbackServer } from '../../src/callbacks/serve';
import { orderSignaller } from '../../src/callbacks/signal-order';
import { RequestMismatchError, type NumberOrdersClient } from '../../src/client';
import type { WorkerSettings } from '../../src/config/settings';
import { sinchTaskQueueOf, workflowIdOf, type OrderView } from '@number-orders/contract';
import { startWorker } from '../../src/worker';
import { gbMobile, gbRegistration } from '../support/kyc';
import { pendingCall } from '../support/operator-cli';
import { SinchProxy } from '../support/sinch-proxy';
import { surroundings, type Surroundings } from './surroundings';

/** A Sinch project with everything of its own, and what went to it. */
interface Project {
  fake: FakeSinch;
  proxy: SinchProxy;
}

const quick = { uploadSeconds: 0, reviewSeconds: 0, linkingSeconds: 0 };

async function openProject(name: string): Promise<Project> {
  const fake = await startFakeSinch({
    ...quick,
    projectId: `project-of-${name}`,
    keyId: `key-of-${name}`,
    keySecret: `secret-of-${name}`,
    hmacSecret: `hmac-secret-of-${name}`.padEnd(32, '0'),
  });
  return { fake, proxy: await SinchProxy.before(fake.url) };
}

const statedOf = ({ fake, proxy }: Project) => ({
  projectId: fake.projectId,
  keyId: fake.keyId,
  keySecret: fake.keySecret,
  callbackSecret: fake.hmacSecret,
  numbersUrl: proxy.url,
  authUrl: `${proxy.url}/oauth2/token`,
});

describe('two Sinch projects in the same workers', () => {
  let around: Surroundings;
  let ours: Project;
  let eu: Project;
  let receiver: CallbackServer;
  const reports: CallbackReport[] = [];

  const envOf = (projects: object): Record<string, string> => ({
    SINCH_PROJECT_ID: ours.fake.projectId,
    SINCH_KEY_ID: ours.fake.keyId,
    SINCH_KEY_SECRET: ours.fake.keySecret,
    SINCH_NUMBERS_URL: ours.proxy.url,
    SINCH_AUTH_URL: `${ours.proxy.url}/oauth2/token`,
    SINCH_CALLBACK_SECRET: ours.fake.hmacSecret,
    SINCH_PROJECTS: JSON.stringify(projects),
    NUMBER_ORDERS_CALLBACK_URL: receiver.url,
  });
  const whileWorking = async <T>(settings: WorkerSettings, run: (orders: NumberOrdersClient) => Promise<T>) => {
    const worker = await startWorker(settings);
    try {
      return await run(around.orders(settings.taskQueue));
    } finally {
      await worker.stop();
    }
  };
  async function viewed(orders: NumberOrdersClient, reference: string, wanted: (view: OrderView) => boolean) {
    for (;;) {
      const view = await orders.order(reference).catch(() => undefined);
      if (view && wanted(view)) return view;
      await new Promise((next) => setTimeout(next, 50));
    }
  }
  const queuesOf = async (reference: string) => {
    const { events } = await around.temporal.workflow.getHandle(workflowIdOf(reference)).fetchHistory();
    return new Set(
      (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) =>
        scheduled && scheduled.activityType?.name !== 'deleteStagedFiles' ? [scheduled.taskQueue?.name] : [],
      ),
    );
  };

  beforeAll(async () => {
    around = await surroundings();
    [ours, eu] = [await openProject('ours'), await openProject('eu')];
    receiver = await startCallbackReceiver({
      hostname: '127.0.0.1',
      port: 0,
      secret: ours.fake.hmacSecret,
      projectSecrets: new Map([['eu', eu.fake.hmacSecret]]),
      signalOrder: orderSignaller(around.temporal, 60_000),
      onCallback: (report) => reports.push(report),
    });
  });
  afterAll(async () => {
    await receiver.close();
    for (const { fake, proxy } of [ours, eu]) {
      await proxy.close();
      await fake.close();
    }
    await around.close();
  });

  it('each serve their own orders, and no call of one has a credential or secret of the other', async () => {
    const references = { default: `test-${randomUUID()}`, eu: `test-${randomUUID()}` };
    await whileWorking(around.settings(envOf({ eu: statedOf(eu) })), async (orders) => {
      await orders.start({ reference: references.default, ...gbMobile, registration: gbRegistration });
      await orders.start({ reference: references.eu, ...gbMobile, registration: gbRegistration, project: 'eu' });
      for (const reference of Object.values(references)) {
        await expect(orders.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
      }
      expect((await orders.order(references.default)).project).toBeUndefined();
      expect((await orders.order(references.eu)).project).toBe('eu');
      await expect(orders.start({ reference: references.eu, ...gbMobile })).rejects.toThrow(RequestMismatchError);
    });

    for (const [{ fake, proxy }, path] of [
      [ours, references.default],
      [eu, `eu/${references.eu}`],
    ] as const) {
      await fake.control.flushCallbacks();
      const { orders, callbacks } = fake.control.audit();
      expect(orders.map(({ callbackUrl }) => callbackUrl)).toEqual([
        expect.stringMatching(new RegExp(`^${receiver.url}/${path}/1/[\\w-]{22}$`)),
      ]);
      expect(callbacks.length).toBeGreaterThan(0);
      const tokens = proxy.exchanges.flatMap(({ url, responseBody }) =>
        url.pathname === '/oauth2/token' ? [(JSON.parse(responseBody) as { access_token: string }).access_token] : [],
      );
      const basic = `Basic ${Buffer.from(`${fake.keyId}:${fake.keySecret}`).toString('base64')}`;
      const allowed = [basic, ...tokens.map((token) => `Bearer ${token}`)];
      expect(proxy.exchanges.filter(({ authorization = '' }) => !allowed.includes(authorization))).toEqual([]);
      const foreign = fake === ours.fake ? 'of-eu' : 'of-ours';
      expect(proxy.exchanges.filter(({ url, requestBody }) => (url.href + requestBody).includes(foreign))).toEqual([]);
    }
    const delivered = reports.filter(({ result }) => result === 'signalled' || result === 'unknown');
    expect(new Set(delivered.map(({ reference }) => reference))).toEqual(new Set(Object.values(references)));
    expect(reports).toHaveLength(delivered.length);
  });

  it('each have their own secret for callbacks, in the path and in the signature', async () => {
    const body = JSON.stringify({ resourceType: 'NUMBER_ORDER', eventId: randomUUID() });
    const post = async (path: string, secret: string) => {
      const signature = createHmac('sha1', secret).update(body).digest('hex');
      const init = { method: 'POST', headers: { 'x-sinch-signature': signature }, body };
      return (await fetch(`${receiver.url}/${path}`, init)).status;
    };
    const [own, other] = [eu.fake.hmacSecret, ours.fake.hmacSecret];
    const path = callbackPath(own, 'nobody', 1, 'eu');
    expect(await post(path, own)).toBe(200);
    expect(await post(`behind/a/proxy/${path}`, own)).toBe(200);
    expect(await post(path, other)).toBe(401);
    expect(await post(path.replace(/^eu/, 'us'), own)).toBe(404);
    expect(await post(path.replace(/^eu\//, ''), own)).toBe(404);
    expect(await post(callbackPath(other, 'nobody', 1, 'eu'), other)).toBe(404);
    // The URL's own path may end as a project is called.
    expect(await post(`eu/${callbackPath(other, 'nobody', 1)}`, other)).toBe(200);
    expect(await post(`eu/${callbackPath(other, 'nobody', 1)}`, own)).toBe(401);
  });

  it('can be added later: each order waits until a worker knows its project, and then keeps to its limit', async () => {
    const taskQueue = `projects-${randomUUID()}`;
    const reference = `test-${randomUUID()}`;
    const settings = (projects: object) => around.settings({ ...envOf(projects), NUMBER_ORDERS_TASK_QUEUE: taskQueue });
    const before = eu.fake.control.audit().orders.length;
    await whileWorking(settings({}), async (orders) => {
      await orders.start({ reference, ...gbMobile, registration: gbRegistration, project: 'eu' });
      const { stage, project } = await viewed(orders, reference, ({ notices }) => notices.length > 0);
      expect({ stage, project }).toEqual({ stage: 'LOOKING_UP', project: 'eu' });
      const { notices } = await orders.order(reference);
      expect(notices.at(-1)?.message).toBe('No worker has settings of the Sinch project eu: waiting until one does');
      await pendingCall(around.temporal, reference, 'awaitProject', ({ lastFailure }) => Boolean(lastFailure));
    });
    expect(eu.fake.control.audit().orders).toHaveLength(before);

    const limited = { eu: { ...statedOf(eu), callsPerSecond: 50 } };
    await whileWorking(settings(limited), async (orders) => {
      // An operator need not wait for the next look.
      await around.temporal.workflowService.resetActivity({
        namespace: 'default',
        execution: { workflowId: workflowIdOf(reference) },
        type: 'awaitProject',
      });
      await expect(orders.result(reference)).resolves.toMatchObject({ outcome: 'COMPLETED' });
    });
    expect(eu.fake.control.audit().orders).toHaveLength(before + 1);
    expect(await queuesOf(reference)).toEqual(new Set([taskQueue, sinchTaskQueueOf(taskQueue, 'eu')]));
  });
});
