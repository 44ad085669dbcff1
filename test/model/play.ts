import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Audit } from '../../fake-sinch';
import { callbackPath } from '../../src/callbacks/path';
import { startCallbackReceiver } from '../../src/callbacks/serve';
import { orderSignaller } from '../../src/callbacks/signal-order';
import { NumberOrderFailedError } from '../../src/client';
import {
  type KycAnswer,
  type NumberOrderResult,
  parseDuration,
  type Registration,
  workflowIdOf,
} from '../../src/contract';
import { auRegistration, deRegistration, gbRegistration } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import type { Batch, Event, Schedule, Step } from './schedules';

const HOUR = parseDuration('1 hour')!;
const DAYS = 24 * HOUR;
const SECRET = 'model-hmac-secret-0123456789abcdef';

/** A piece of KYC as it was sent, and what its sender was answered; undefined: the sender got no answer. */
export interface SentPiece {
  name: string;
  sha256: string;
  answer?: KycAnswer['status'];
}

/** What an order came to, and everything that was sent to it. */
export interface Played {
  reference: string;
  schedule: Schedule;
  pieces: SentPiece[];
  /** Undefined: the order failed before anything was reserved. */
  result?: NumberOrderResult;
  /** What Sinch holds of this order, by its own account. */
  atSinch: Audit['orders'];
}

/**
 * Plays a batch of orders at once, because the server's clock is one for all of them: starts them, does every step and
 * event at its hour, then lets Sinch recover and time run until every order has ended.
 */
export async function play(environment: TestWorkflowEnvironment, batch: Batch): Promise<Played[]> {
  const receiver = await startCallbackReceiver({
    hostname: '127.0.0.1',
    port: 0,
    secret: SECRET,
    signalOrder: orderSignaller(environment.client),
  });
  const stand = await openStand(environment, {
    fake: { hmacSecret: SECRET, callbackAttempts: 2, callbackRetryMs: 10, reviewSeconds: 3_600, linkingSeconds: 600 },
    sinch: { timeoutMs: 500, uploadTimeoutMs: 1_000 },
    policy: { settleMs: 60_000, continueAsNewEvents: 60 },
    ports: {
      callbackUrl: (reference, attempt) => `${receiver.url}/${callbackPath(SECRET, reference, attempt)}`,
      polls: {
        upload: { initialMs: 1_000, maxMs: HOUR },
        review: { initialMs: HOUR, maxMs: DAYS },
        provisioning: { initialMs: HOUR, maxMs: DAYS },
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
  for (const schedule of schedules) {
    const reference = `model-${randomUUID()}`;
    fake.control.planNextOrder(schedule.plan);
    await client.start({ reference, ...schedule.order });
    started.push({ reference, schedule, pieces: [], waiting: [] });
  }
  return started;
}

async function playThrough(stand: OrderStand, started: Started[], events: Event[]): Promise<void> {
  const doings = [
    ...started.flatMap((order) =>
      order.schedule.steps.map((step) => ({ hours: step.hours, run: () => takeStep(stand, order, step) })),
    ),
    ...events.map((event) => ({ hours: event.hours, run: () => happen(stand, event) })),
  ].sort((one, other) => one.hours - other.hours);
  let now = 0;
  for (const { hours, run } of doings) {
    const ahead = (hours - now) * HOUR;
    if (ahead > 1_000) await stand.environment.sleep(Math.round(ahead));
    now = Math.max(now, hours);
    await run();
  }
}

const operator = { author: 'model', reason: 'as the schedule says' };

async function takeStep(stand: OrderStand, order: Started, step: Step): Promise<void> {
  const { client, environment } = stand;
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
            ...(attachmentId === 'proofOfAddress' && { documentType: 'UTILITY_BILL' }),
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
      asked(environment.client.workflow.getHandle(workflowIdOf(reference)).cancel());
      return;
    case 'reread':
      asked(client.reread(reference, operator));
      return;
    case 'erase':
      asked(client.erase(reference, { force: true, ...operator }));
  }
}

function sent(order: Started, name: string, content: string): SentPiece {
  const piece: SentPiece = { name, sha256: createHash('sha256').update(content).digest('hex') };
  order.pieces.push(piece);
  return piece;
}

/** No two are alike, so that the audit tells which of them arrived. */
function registrationFor({ order }: Schedule, good: boolean): Registration {
  const unique = randomUUID();
  if (!good) return { data: [{ unique }] };
  if (order.regionCode === 'AU') return auRegistration({ endBusinessName: unique });
  const { data } = (order.regionCode === 'DE' ? deRegistration : gbRegistration) as { data: object[] };
  return { data: data.map((answer) => ('firstName' in answer ? { ...answer, firstName: unique } : answer)) };
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

/** Reviews that wait for somebody are decided, so that every order can end: two attempts, each blocked at worst. */
async function letEverythingEnd({ fake, environment }: OrderStand, started: Started[]): Promise<void> {
  const { control } = fake;
  control.clearFaults();
  for (let round = 0; round < 3; round++) {
    await environment.sleep(5 * DAYS);
    for (const { idNumberOrder, state } of control.audit().orders) {
      if (state === 'BLOCKED') control.moveOrder(idNumberOrder, 'REJECTED');
    }
  }
  await environment.sleep(2 * DAYS);
  await Promise.all(started.flatMap(({ waiting }) => waiting));
}

async function gather(stand: OrderStand, started: Started[]): Promise<Played[]> {
  const played: Played[] = [];
  for (const { reference, schedule, pieces } of started) {
    const result = await resultOf(stand, reference);
    await stand.checkHistory(reference);
    const atSinch = stand.fake.control
      .audit()
      .orders.filter(({ callbackUrl }) => callbackUrl?.includes(`/${reference}/`));
    played.push({ reference, schedule, pieces, atSinch, ...(result && { result }) });
  }
  return played;
}

async function resultOf({ client }: OrderStand, reference: string): Promise<NumberOrderResult | undefined> {
  try {
    return await client.result(reference, { timeoutMs: 60_000 });
  } catch (error) {
    if (error instanceof NumberOrderFailedError) return undefined;
    throw error;
  }
}
