import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { violationsOf, type Played, type Violation } from '../../proof/model/invariants';
import { callbackPath } from '../../src/callbacks/path';
import { startCallbackReceiver } from '../../src/callbacks/serve';
import { orderSignaller } from '../../src/callbacks/signal-order';
import { NumberOrderFailedError } from '../../src/client';
import {
  SEARCH_ATTRIBUTE_KEYS,
  type NumberOrderRequest,
  type NumberOrderResult,
  WORKFLOW_TYPE,
  workflowIdOf,
} from '@number-orders/contract';
import { keep } from '../support/check-histories';
import { openStand, type OrderStand } from '../support/order-stand';
import { noteArrivals } from './arrivals';
import { unpauseAll } from './buttons';
import type { Batch, Schedule } from './schedules';
import { inShapes } from './shapes';
import { handleOf, isOf, takeStep, type Started } from './steps';
import type { Event } from './world';

/** Time is real, and runs faster: an hour of a schedule. A reservation of 48 hours lives for 7 seconds. */
const HOUR_MS = 150;
/**
 * How long the last order may take to end once Sinch has recovered: long enough for every wait between retries. A server with
 * too much to do has let an order stand still for five minutes (docs/scaling.md).
 */
const ENDS_WITHIN_MS = 480_000;
const SECRET = 'model-hmac-secret-0123456789abcdef';

/** How an order was played, and what it came to. */
export interface PlayedSchedule extends Played {
  reference: string;
  schedule: Schedule;
  violations: Violation[];
  /** Where the histories of an order that broke a rule are. */
  kept: string[];
}

/** Plays a batch of orders that share a Sinch and a worker, then lets Sinch recover and waits until each has ended. */
export async function play(
  environment: TestWorkflowEnvironment,
  batch: Batch,
  workflowBundle: WorkflowBundleOption,
): Promise<PlayedSchedule[]> {
  const receiver = await startCallbackReceiver({
    hostname: '127.0.0.1',
    port: 0,
    secret: SECRET,
    signalOrder: orderSignaller(environment.client),
  });
  const stand = await openStand(environment, {
    fake: {
      hmacSecret: SECRET,
      callbackAttempts: 2,
      callbackRetryMs: 10,
      // Of attempts after the first; a schedule says how long that one's lasts.
      reservationSeconds: 4,
      uploadSeconds: 0.1,
      reviewSeconds: 0.5,
      linkingSeconds: 0.2,
    },
    sinch: { timeoutMs: 1_000, uploadTimeoutMs: 1_000 },
    ...(batch.shapes.length > 0 && { alter: inShapes(batch.shapes) }),
    workflowBundle,
    // An order that is forgotten is replayed, which must come to the same.
    maxCachedWorkflows: Math.ceil(batch.schedules.length * batch.remembered),
    // No setting tells what shall happen, only how long it takes.
    policy: { settleMs: 1_200, correctionQuietMs: 300, provisioningTimeoutMs: 5_000, continueAsNewEvents: 60 },
    ports: {
      callbackUrl: (reference, attempt) => `${receiver.url}/${callbackPath(SECRET, reference, attempt)}`,
      polls: {
        upload: { initialMs: 100, maxMs: 1_000 },
        review: { initialMs: 200, maxMs: 2_000 },
        provisioning: { initialMs: 200, maxMs: 2_000 },
      },
    },
  });
  try {
    const started = await startAll(stand, batch.schedules);
    await playThrough(stand, started, batch.events);
    await letEverythingEnd(stand, started);
    return await gather(stand, started);
  } finally {
    await stand.close();
    await receiver.close();
  }
}

async function startAll(stand: OrderStand, schedules: Schedule[]): Promise<Started[]> {
  const started: Started[] = [];
  await inTurn(schedules, async (schedule) => {
    const reference = `model-${randomUUID()}`;
    stand.fake.control.planNextOrder(schedule.plan);
    await start(stand, { reference, ...schedule.order }, schedule.asJava);
    started.push({ reference, schedule, pieces: [], waiting: [], settled: [] });
  });
  return started;
}

/** Other languages write null where they leave a field out. */
const NULLS = {
  smsConfiguration: null,
  voiceConfiguration: null,
  expectedAttachments: null,
  registration: null,
  attachments: null,
  notificationUrl: null,
};

async function start(stand: OrderStand, request: NumberOrderRequest, asJava: boolean): Promise<void> {
  if (!asJava) await stand.client.start(request);
  else
    await stand.environment.client.workflow.start(WORKFLOW_TYPE, {
      taskQueue: stand.taskQueue,
      workflowId: workflowIdOf(request.reference),
      args: [{ ...NULLS, ...request }],
    });
}

async function playThrough(stand: OrderStand, started: Started[], events: Event[]): Promise<void> {
  const doings = [
    ...started.flatMap((order) =>
      order.schedule.steps.map((step) => ({ hours: step.hours, run: () => takeStep(stand, order, step) })),
    ),
    ...events.map((event) => ({ hours: event.hours, run: () => happen(stand, event) })),
  ].sort((one, other) => one.hours - other.hours);
  const startedAt = Date.now();
  for (const { hours, run } of doings) {
    await setTimeout(Math.max(0, startedAt + hours * HOUR_MS - Date.now()));
    await run();
  }
}

async function happen(stand: OrderStand, event: Event): Promise<void> {
  const { control } = stand.fake;
  switch (event.kind) {
    case 'fault':
      control.fault(event.fault);
      return;
    case 'restartWorker':
      await stand.restartWorker();
      return;
    case 'dropCallback':
      control.dropCallbacks(1);
      return;
    case 'doubleCallback':
      control.doubleCallbacks(1);
      return;
    case 'loseAnOrder': {
      const [order] = control.audit().orders;
      if (order) control.vanishOrder(order.idNumberOrder);
    }
  }
}

/**
 * Sinch recovers, paused calls go on, reviews that wait for somebody are decided, and what is unconfirmed is settled: so
 * every order can end, and does.
 */
async function letEverythingEnd(stand: OrderStand, started: Started[]): Promise<void> {
  const { fake } = stand;
  fake.control.clearFaults();
  // One that was submitted may still be bought: it is looked at for 48 hours, cancelled or not.
  for (const { idNumberOrder, submits } of fake.control.audit().orders)
    if (submits > 0) fake.control.vanishOrder(idNumberOrder, false);
  const givenUpAt = Date.now() + ENDS_WITHIN_MS;
  let open = started;
  while (open.length > 0) {
    if (Date.now() > givenUpAt) {
      // One that cannot go on says why; it could not be asked either.
      await stand.checkHistories(open.map(({ reference }) => reference));
      const kept = await Promise.all(open.map(({ reference }) => keepRuns(stand, reference)));
      throw new Error(`These never end: ${JSON.stringify(await viewsOf(stand, open))}, kept in ${kept.flat().join()}`);
    }
    await setTimeout(500);
    for (const { idNumberOrder, state } of fake.control.audit().orders) {
      if (state === 'BLOCKED') fake.control.moveOrder(idNumberOrder, 'REJECTED');
    }
    const stillOpen: Started[] = [];
    await inTurn(open, async (order) => {
      const { status, typedSearchAttributes, raw } = await handleOf(stand, order.reference).describe();
      if (status.name !== 'RUNNING' && status.name !== 'CONTINUED_AS_NEW') return;
      stillOpen.push(order);
      await unpauseAll(stand, order.reference, raw.pendingActivities ?? []);
      if (typedSearchAttributes.get(SEARCH_ATTRIBUTE_KEYS.stage) === 'UNCONFIRMED') await confirm(stand, order);
    });
    open = stillOpen;
  }
  await Promise.all(started.flatMap(({ waiting }) => waiting));
}

/** What an operator does once: name the order that Sinch has, or give it up; never one that was submitted. */
async function confirm(stand: OrderStand, order: Started): Promise<void> {
  const { control } = stand.fake;
  const submitted = control.audit().orders.some((each) => isOf(order.reference)(each) && each.submits > 0);
  const steps: Started['settled'] = submitted || order.schedule.isAdopted ? ['adopt', 'cancel'] : ['cancel'];
  const step = steps.find((kind) => !order.settled.includes(kind));
  if (!step) {
    // It looks for 48 hours at one that may have been submitted. Only Sinch knows that this one was not.
    for (const { idNumberOrder } of control.audit().orders.filter(isOf(order.reference)))
      control.vanishOrder(idNumberOrder, false);
    return;
  }
  order.settled.push(step);
  await takeStep(stand, order, { hours: 0, kind: step });
}

async function viewsOf(stand: OrderStand, open: Started[]) {
  return Promise.all(
    open.map(async ({ reference, schedule }) => {
      const { stage, attempt, outstanding, notices } = await stand.client.order(reference);
      const { raw } = await handleOf(stand, reference).describe();
      const calls = (raw.pendingActivities ?? []).map(({ activityType, paused }) => ({ ...activityType, paused }));
      return { reference, stage, attempt, outstanding, notices: notices.slice(-6), calls, steps: schedule.steps };
    }),
  );
}

async function gather(stand: OrderStand, started: Started[]): Promise<PlayedSchedule[]> {
  await stand.checkHistories(started.map(({ reference }) => reference));
  const { orders } = stand.fake.control.audit();
  return Promise.all(
    started.map(async ({ reference, schedule, pieces }) => {
      const result = await resultOf(stand, reference);
      const atSinch = orders.filter(isOf(reference));
      const wasReset = schedule.steps.some((step) => step.kind === 'press' && step.button.button === 'resetRun');
      noteArrivals(pieces, await stand.runs(reference));
      const played = { pieces, atSinch, wasReset, ...(result && { result }) };
      const violations = violationsOf(played);
      return {
        ...played,
        reference,
        schedule,
        violations,
        kept: violations.length > 0 ? await keepRuns(stand, reference) : [],
      };
    }),
  );
}

/** Answers where the histories are kept. */
async function keepRuns(stand: OrderStand, reference: string): Promise<string[]> {
  const runs = await stand.runs(reference);
  return Promise.all(runs.map((history, run) => keep(history, `${workflowIdOf(reference)}-${run + 1}`)));
}

async function resultOf({ client }: OrderStand, reference: string): Promise<NumberOrderResult | undefined> {
  try {
    return await client.result(reference, { timeoutMs: 60_000 });
  } catch (error) {
    if (error instanceof NumberOrderFailedError) return undefined;
    throw error;
  }
}

/** Some at a time: the server is small. */
async function inTurn<T>(items: readonly T[], take: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const work = async () => {
    for (let item = left.shift(); item; item = left.shift()) await take(item);
  };
  await Promise.all(Array.from({ length: 10 }, work));
}
