import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowBundleOption } from '@temporalio/worker';
import { PROOF_OF_ADDRESS, uniqueRegistration, UTILITY_BILL } from '../../proof/model/kyc';
import type { Played, SentPiece } from '../../proof/model/invariants';
import { callbackPath } from '../../src/callbacks/path';
import { startCallbackReceiver } from '../../src/callbacks/serve';
import { orderSignaller } from '../../src/callbacks/signal-order';
import { NumberOrderFailedError } from '../../src/client';
import { stageKey } from '../../src/client/search-attributes';
import { type NumberOrderResult, type Registration, UPDATE, workflowIdOf } from '@number-orders/contract';
import { openStand, type OrderStand } from '../support/order-stand';
import type { Batch, Schedule, Step } from './schedules';
import { inShapes } from './shapes';
import type { Event } from './world';

/** Time is real, and runs faster: an hour of a schedule. A reservation of 48 hours lives for 7 seconds. */
const HOUR_MS = 150;
/** How long the last order may take to end once Sinch has recovered: long enough for every wait between retries. */
const ENDS_WITHIN_MS = 300_000;
const SECRET = 'model-hmac-secret-0123456789abcdef';

/** How an order was played, and what it came to. */
export interface PlayedSchedule extends Played {
  reference: string;
  schedule: Schedule;
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

interface Started {
  reference: string;
  schedule: Schedule;
  pieces: SentPiece[];
  waiting: Promise<unknown>[];
}

async function startAll({ client, fake }: OrderStand, schedules: Schedule[]): Promise<Started[]> {
  const started: Started[] = [];
  await inTurn(schedules, async (schedule) => {
    const reference = `model-${randomUUID()}`;
    fake.control.planNextOrder(schedule.plan);
    await client.start({ reference, ...schedule.order });
    started.push({ reference, schedule, pieces: [], waiting: [] });
  });
  return started;
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

const operator = { author: 'model', reason: 'as the schedule says' };

async function takeStep(stand: OrderStand, order: Started, step: Step): Promise<void> {
  const { client } = stand;
  const { reference } = order;
  const asked = (answer: Promise<unknown>) => {
    // An order that has ended, or does not want it now, says so: that is no concern of the model's.
    order.waiting.push(answer.catch(() => undefined));
  };
  switch (step.kind) {
    case 'register': {
      const registration = registrationFor(order.schedule, step.good);
      const piece = sent(order, 'registration', JSON.stringify(registration));
      asked(client.register(reference, registration).then(({ status }) => (piece.answer = status)));
      return;
    }
    case 'attach': {
      const content = randomUUID();
      const piece = sent(order, step.attachmentId, content);
      const { attachmentId, fileName, mimeType } = step;
      const document = { attachmentId, fileName, mimeType, content: Readable.from([content]) };
      asked(
        client
          .attach(reference, {
            ...document,
            ...(attachmentId === PROOF_OF_ADDRESS && { documentType: UTILITY_BILL }),
          })
          .then(({ status }) => (piece.answer = status)),
      );
      return;
    }
    case 'waive':
      asked(client.waiveRequirement(reference, { attachmentId: step.what, ...operator }));
      return;
    case 'cancel':
      asked(client.cancel(reference, operator));
      return;
    case 'temporalCancel':
      asked(handleOf(stand, reference).cancel());
      return;
    case 'reread':
      asked(client.reread(reference, operator));
      return;
    case 'erase':
      // The update alone: what the client does besides to an order that has ended would leave nothing to look at.
      asked(handleOf(stand, reference).executeUpdate(UPDATE.erase, { args: [{ force: true, ...operator }] }));
  }
}

function sent(order: Started, name: string, content: string): SentPiece {
  const piece: SentPiece = { name, sha256: createHash('sha256').update(content).digest('hex') };
  order.pieces.push(piece);
  return piece;
}

function registrationFor({ order }: Schedule, good: boolean): Registration {
  return good ? uniqueRegistration(order.regionCode) : { data: [{ unique: randomUUID() }] };
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
 * Sinch recovers, reviews that wait for somebody are decided, and what nobody will ever confirm is given up: so every
 * order can end, and does.
 */
async function letEverythingEnd(stand: OrderStand, started: Started[]): Promise<void> {
  const { client, fake } = stand;
  fake.control.clearFaults();
  // One that was submitted may still be bought: it is looked at for 48 hours, cancelled or not.
  for (const { idNumberOrder, submits } of fake.control.audit().orders)
    if (submits > 0) fake.control.vanishOrder(idNumberOrder, false);
  const givenUpAt = Date.now() + ENDS_WITHIN_MS;
  const cancelled = new Set<string>();
  let open = started;
  while (open.length > 0) {
    if (Date.now() > givenUpAt) {
      // One that cannot go on says why; it could not be asked either.
      await stand.checkHistories(open.map(({ reference }) => reference));
      throw new Error(`These never end: ${JSON.stringify(await viewsOf(client, open))}`);
    }
    await setTimeout(500);
    for (const { idNumberOrder, state } of fake.control.audit().orders) {
      if (state === 'BLOCKED') fake.control.moveOrder(idNumberOrder, 'REJECTED');
    }
    const stillOpen: Started[] = [];
    await inTurn(open, async (order) => {
      const { status, typedSearchAttributes } = await handleOf(stand, order.reference).describe();
      if (status.name !== 'RUNNING' && status.name !== 'CONTINUED_AS_NEW') return;
      stillOpen.push(order);
      if (typedSearchAttributes.get(stageKey) !== 'UNCONFIRMED' || cancelled.has(order.reference)) return;
      await client.cancel(order.reference, operator).then(
        () => cancelled.add(order.reference),
        () => undefined,
      );
    });
    open = stillOpen;
  }
  await Promise.all(started.flatMap(({ waiting }) => waiting));
}

async function viewsOf(client: OrderStand['client'], open: Started[]) {
  const views = await Promise.all(open.map(({ reference }) => client.order(reference)));
  return views.map(({ reference, stage, attempt, outstanding, notices }) => ({
    reference,
    stage,
    attempt,
    outstanding,
    notices: notices.slice(-6),
  }));
}

async function gather(stand: OrderStand, started: Started[]): Promise<PlayedSchedule[]> {
  await stand.checkHistories(started.map(({ reference }) => reference));
  const { orders } = stand.fake.control.audit();
  return Promise.all(
    started.map(async ({ reference, schedule, pieces }) => {
      const result = await resultOf(stand, reference);
      const atSinch = orders.filter(({ callbackUrl }) => callbackUrl?.includes(`/${reference}/`));
      return { reference, schedule, pieces, atSinch, ...(result && { result }) };
    }),
  );
}

async function resultOf({ client }: OrderStand, reference: string): Promise<NumberOrderResult | undefined> {
  try {
    return await client.result(reference, { timeoutMs: 60_000 });
  } catch (error) {
    if (error instanceof NumberOrderFailedError) return undefined;
    throw error;
  }
}

function handleOf({ environment }: OrderStand, reference: string): WorkflowHandle {
  return environment.client.workflow.getHandle(workflowIdOf(reference));
}

/** Some at a time: the server is small. */
async function inTurn<T>(items: readonly T[], take: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const work = async () => {
    for (let item = left.shift(); item; item = left.shift()) await take(item);
  };
  await Promise.all(Array.from({ length: 10 }, work));
}
