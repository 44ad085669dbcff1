import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Context as ActivityContext } from '@temporalio/activity';
import type { DataConverter } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ActivityInterceptors, Worker, WorkflowBundleOption } from '@temporalio/worker';
import { type FakeSinch, type FakeSinchOptions, startFakeSinch } from '../../fake-sinch';
import { type ActivityPorts, createActivities, type OrderPolicy } from '../../src/activities';
import { NumberOrdersClient } from '../../src/client';
import { type NumberOrderRequest, type OrderView, workflowIdOf } from '@number-orders/contract';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { NoNotifier } from '../../src/notifications/no-notifier';
import { SinchClient, type SinchClientOptions } from '../../src/sinch';
import { FileAttachmentStore } from '../../src/store/file-store';
import { SiftingWorker } from '../../src/worker/sifting-worker';
import { startingBy } from '../../src/worker/start-order';
import { USUAL_RETRIES } from '../../src/workflows/calls/retry-times';
import { checkHistories, type History, runsOf } from './check-histories';
import { SinchProxy } from './sinch-proxy';
import { workflowBundle } from './workflow-bundle';

/** Settings under which orders take milliseconds where Sinch lets them. */
const QUICK_POLICY: OrderPolicy = {
  reminders: [0.5, 0.75, 0.9],
  reserveForMs: 7 * 24 * 3_600_000,
  searches: 2,
  candidates: 5,
  unconfirmedCreations: 3,
  lapseLooks: 3,
  lapseAwaitedMs: 24 * 3_600_000,
  retries: USUAL_RETRIES,
  localReads: true,
  deadlineMarginMs: 5 * 60_000,
  provisioningTimeoutMs: 24 * 3_600_000,
  reviewersPatienceMs: 24 * 3_600_000,
  correctionQuietMs: 60_000,
  settleMs: 500,
  continueAsNewEvents: 10_000,
  continueAsNewMessages: 1_000,
};

/**
 * How often an order looks at Sinch again. A stand's orders do so hourly, uploads aside: what a test changes at Sinch is seen when it
 * says so, by `reread` or a callback. A look of the order's own might otherwise end it before the test's next word to it.
 */
export function pollsEvery(ms: number): ActivityPorts['polls'] {
  const interval = { initialMs: ms, maxMs: ms };
  return { upload: interval, review: interval, provisioning: interval };
}

export interface StandOptions {
  fake?: FakeSinchOptions;
  policy?: Partial<OrderPolicy>;
  ports?: Partial<ActivityPorts>;
  sinch?: Partial<SinchClientOptions>;
  /** What Sinch answers other than the fake does. */
  alter?: SinchProxy['change'];
  /** The worker's; the client's is the environment's. */
  dataConverter?: DataConverter;
  /** How many orders its worker remembers; others it replays. */
  maxCachedWorkflows?: number;
  /** In place of today's workflow code as it is. */
  workflowBundle?: WorkflowBundleOption;
  /** What befalls the worker around each call. */
  aroundCalls?: (context: ActivityContext) => ActivityInterceptors;
}

/** How a worker is another than the one before it. */
export interface WorkerChanges {
  /** As with other keys; those that follow have it too. */
  dataConverter?: DataConverter;
  /** False: carries orders out and calls nobody, as if the workers that do were down. */
  callsSinch?: boolean;
  /** Of this one alone. */
  ports?: Partial<ActivityPorts>;
}

/** A worker on real Temporal, a fake Sinch of its own, files on disk and the client library: what an order lives on. */
export interface OrderStand {
  environment: TestWorkflowEnvironment;
  fake: FakeSinch;
  client: NumberOrdersClient;
  taskQueue: string;
  /** Where documents are staged. */
  folder: string;
  /** Starts an order under a reference of its own. */
  start(order: Omit<NumberOrderRequest, 'reference'>): Promise<string>;
  /** Waits until the view is as wanted, and answers it. */
  view(reference: string, wanted: (view: OrderView) => boolean): Promise<OrderView>;
  /** Stops the worker, as a deployment would, and starts another. */
  restartWorker(): Promise<void>;
  stopWorker(): Promise<void>;
  startWorker(changes?: WorkerChanges): Promise<void>;
  /** The histories of an order's runs, oldest first: each continued as the next. */
  runs(reference: string): Promise<History[]>;
  /** Replays all of an order's runs with today's code, and fails if a workflow task had failed, or had no command. */
  checkHistory(reference: string): Promise<void>;
  /** The same of many orders. */
  checkHistories(references: readonly string[]): Promise<void>;
  /** How long the order's run was open, on the server's clock, which may skip years once an order has ended. */
  lifetimeOf(reference: string): Promise<number>;
  close(): Promise<void>;
}

export async function openStand(environment: TestWorkflowEnvironment, options: StandOptions = {}): Promise<OrderStand> {
  const { fake: fakeOptions, policy, ports, sinch: sinchOptions, alter, workflowBundle: bundle, aroundCalls } = options;
  // A stand's worker runs few orders: a small pool keeps two test files at once within two cores.
  const { maxCachedWorkflows = 50 } = options;
  let { dataConverter = createWorkerDataConverter() } = options;
  const fake = await startFakeSinch({ uploadSeconds: 0, reviewSeconds: 0, linkingSeconds: 0, ...fakeOptions });
  const folder = await mkdtemp(path.join(tmpdir(), 'number-orders-'));
  const store = new FileAttachmentStore(folder);
  const taskQueue = `test-${randomUUID()}`;
  const { authUrl, projectId, keyId, keySecret } = fake;
  const proxy = alter && Object.assign(await SinchProxy.before(fake.url), { change: alter });
  const numbersUrl = proxy?.url ?? fake.url;
  const sinch = new SinchClient({ numbersUrl, authUrl, projectId, keyId, keySecret, ...sinchOptions });
  const allPorts: ActivityPorts = {
    sinch: environment.supportsTimeSkipping ? onOneClock(sinch, fake, environment) : sinch,
    store,
    records: store,
    startOrder: startingBy(store),
    retentionMs: 30 * 86_400_000,
    notifier: new NoNotifier(),
    policy: { ...QUICK_POLICY, ...policy },
    polls: { ...pollsEvery(3_600_000), upload: { initialMs: 50, maxMs: 1_000 } },
    callbackUrl: () => undefined,
    ...ports,
  };

  let worker: Worker | undefined;
  let running: Promise<void> | undefined;
  const startWorker = async (changes: WorkerChanges = {}) => {
    const { callsSinch = true } = changes;
    dataConverter = changes.dataConverter ?? dataConverter;
    worker = await SiftingWorker.create({
      connection: environment.nativeConnection,
      namespace: environment.namespace ?? 'default',
      taskQueue,
      workflowBundle: bundle ?? (await workflowBundle(dataConverter)),
      activities: createActivities({ ...allPorts, ...changes.ports }),
      enableNonLocalActivities: callsSinch,
      dataConverter,
      maxCachedWorkflows,
      interceptors: {
        activity: [
          ...(environment.supportsTimeSkipping ? [readTheClockOnce] : []),
          ...(aroundCalls ? [aroundCalls] : []),
        ],
      },
    });
    running = worker.run();
    running.catch(() => undefined);
  };
  const stopWorker = async () => {
    worker?.shutdown();
    await running;
    worker = undefined;
  };
  await startWorker();

  const started: string[] = [];
  const client = new NumberOrdersClient({ client: environment.client, taskQueue, store, records: store });
  return {
    environment,
    fake,
    client,
    taskQueue,
    folder,
    start: async (order) => {
      const reference = `test-${randomUUID()}`;
      started.push(reference);
      await client.start({ reference, ...order });
      return reference;
    },
    view: async (reference, wanted) => {
      const view = await client.order(reference);
      if (wanted(view)) return view;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return viewWhen(client, reference, wanted, Date.now() + 30_000);
    },
    startWorker,
    stopWorker,
    restartWorker: async () => {
      await stopWorker();
      await startWorker();
    },
    runs: async (reference) => runsOf(environment, workflowIdOf(reference)),
    checkHistory: async (reference) => checkHistories(environment, [workflowIdOf(reference)], dataConverter),
    checkHistories: async (references) => checkHistories(environment, references.map(workflowIdOf), dataConverter),
    lifetimeOf: async (reference) => {
      const { startTime, closeTime } = await environment.client.workflow.getHandle(workflowIdOf(reference)).describe();
      return (closeTime?.getTime() ?? NaN) - startTime.getTime();
    },
    close: async () => {
      // An order that a failed test has left open would hold up the clock of the tests after it.
      const orders = started.map((reference) => environment.client.workflow.getHandle(workflowIdOf(reference)));
      await Promise.allSettled(orders.map((order) => order.terminate()));
      await stopWorker();
      await proxy?.close();
      await fake.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function viewWhen(
  client: NumberOrdersClient,
  reference: string,
  wanted: (view: OrderView) => boolean,
  until: number,
): Promise<OrderView> {
  for (;;) {
    const view = await client.order(reference);
    if (wanted(view)) return view;
    if (Date.now() > until) {
      const { stage, outstanding, notices } = view;
      throw new Error(`The order does not come to what is wanted: ${JSON.stringify({ stage, outstanding, notices })}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * The time-skipping server reads its clock twice as it schedules a call, so that now and then a first attempt looks like a later
 * one. Temporal's own server reads it once.
 */
function readTheClockOnce({ info }: ActivityContext): ActivityInterceptors {
  const { scheduledTimestampMs, currentAttemptScheduledTimestampMs } = info;
  const A_READING_APART_MS = 50;
  if (currentAttemptScheduledTimestampMs - scheduledTimestampMs < A_READING_APART_MS) {
    Object.assign(info, { currentAttemptScheduledTimestampMs: scheduledTimestampMs });
  }
  return {};
}

/** Sinch's clock follows the server's: both skip together. */
function onOneClock(sinch: SinchClient, fake: FakeSinch, environment: TestWorkflowEnvironment): SinchClient {
  return new Proxy(sinch, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => {
        fake.control.setClock(await environment.currentTimeMs());
        return (await Reflect.apply(member, target, args)) as unknown;
      };
    },
  });
}
