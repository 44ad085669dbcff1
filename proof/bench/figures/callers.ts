import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { WithStartWorkflowOperation } from '@temporalio/client';
import auRegistration from '../../../demo/examples/au-registration.json';
import { NumberOrdersClient } from '../../../src/client';
import { readSinchSettings } from '../../../src/config/settings';
import { SinchClient } from '../../../src/sinch';
import type { NumberOrderRequest } from '@number-orders/contract';
import { CONTENDERS } from '../contenders';
import { median, rounded, type Figure } from '../figure';
import type { BenchStand } from '../stand';

const ALONE = 60;
const TOGETHER = 20;
const ROUNDS = 10;

/** How long callers wait, over HTTP and encrypted, compared with Sinch's calls alone and with a bare workflow. */
export async function callersFigures(stand: BenchStand): Promise<Figure[]> {
  await stand.startContenders();
  await stand.startHttpContenders();
  const { client, store } = stand.encrypted;
  const orders = new NumberOrdersClient({ client, store, taskQueue: CONTENDERS.httpEncrypted.taskQueue });
  const sinch = new SinchClient(readSinchSettings(stand.opened.settings));

  const own = { reservation: [] as number[], registration: [] as number[] };
  const ours = { reservation: [] as number[], registration: [] as number[] };
  for (let count = -WARM_UP; count < ALONE; count++) {
    const direct = await callSinch(stand, sinch);
    const request = await anOrder(stand);
    const reservation = await millisecondsOf(() => orders.reserve(request));
    const registration = await millisecondsOf(() => orders.register(request.reference, auRegistration));
    if (count < 0) continue;
    own.reservation.push(direct.reservation);
    own.registration.push(direct.registration);
    ours.reservation.push(reservation);
    ours.registration.push(registration);
  }

  const together = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    const requests = await Promise.all(Array.from({ length: TOGETHER }, () => anOrder(stand)));
    together.ours.push(...(await Promise.all(requests.map((one) => millisecondsOf(() => orders.reserve(one))))));
    const callers = Array.from({ length: TOGETHER }, () => millisecondsOf(() => bareReservation(stand)));
    together.bare.push(...(await Promise.all(callers)));
  }

  const beyond = (figure: string, whole: number[], part: number[], atMost: number): Figure => ({
    figure,
    value: median(whole) - median(part),
    unit: 'ms',
    goal: { atMost },
    detail: `p50 ${rounded(median(whole))} ms, of which Sinch ${rounded(median(part))} ms`,
  });
  return [
    beyond('a caller of reserve waits beyond Sinch’s calls', ours.reservation, own.reservation, 40),
    {
      figure: `${TOGETHER} callers of reserve at once ÷ a bare update-with-start`,
      value: median(together.ours) / median(together.bare),
      goal: { atMost: 1.3 },
      detail: `p50 ${rounded(median(together.ours))} ms; bare ${rounded(median(together.bare))} ms`,
    },
    beyond('a sender of a registration waits beyond Sinch’s PUT', ours.registration, own.registration, 25),
  ];
}

const WARM_UP = 20;
const WHERE = { regionCode: 'AU', numberType: 'MOBILE' } as const;

async function anOrder(stand: BenchStand): Promise<NumberOrderRequest> {
  return {
    reference: `callers-${randomUUID()}`,
    ...WHERE,
    selection: { phoneNumber: await stand.newNumber() },
  };
}

/** The requests that an order makes until it has its reservation, and the one that sends its registration. */
async function callSinch(stand: BenchStand, sinch: SinchClient) {
  const phoneNumber = await stand.newNumber();
  let id = '';
  const reservation = await millisecondsOf(async () => {
    await sinch.lookupNumberRequirements(WHERE);
    ({ idNumberOrder: id } = await sinch.createNumberOrder({
      ...WHERE,
      numberOrderOption: { phoneNumbers: [phoneNumber] },
    }));
  });
  const registration = await millisecondsOf(() => sinch.updateRegistration(id, auRegistration));
  return { reservation, registration };
}

async function bareReservation({ plain }: BenchStand): Promise<void> {
  const startWorkflowOperation = new WithStartWorkflowOperation('bareReservation', {
    workflowId: `bare-reservation-${randomUUID()}`,
    taskQueue: CONTENDERS.floor.taskQueue,
    workflowIdConflictPolicy: 'FAIL',
    args: ['+61480000001'],
  });
  await plain.client.workflow.executeUpdateWithStart('reservation', { startWorkflowOperation });
}

async function millisecondsOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
}
