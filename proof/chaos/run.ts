import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { FakeControl } from '../../local/fake-control';
import { dim, print } from '../../local/terminal';
import { connectNumberOrders, readClientSettings, type ConnectedClient } from '../../src/client';
import type { OpenCluster, ServerKind } from '../cluster/cluster';
import { Attendants } from './attendants';
import { Breaker } from './breakage';
import { CalledOrder } from './callers';
import { Dice } from './dice';
import { gather, type Ending } from './gather';
import { reportOf, type ChaosReport } from './report';
import { drawPlan, drawSchedule } from './schedule';

export interface ChaosOptions {
  orders: number;
  seed: number;
  workers: number;
  server: ServerKind;
  /** The statuses with which Sinch refuses a call, or fails. */
  statuses?: number[];
}

/** The results of a run. */
export interface ChaosRun {
  report: ChaosReport;
  /** The orders that broke a rule. */
  broken: Ending[];
  endings: Ending[];
}

/** Orders, and the callers that start them. */
export interface Callers {
  orders: readonly CalledOrder[];
  /** Resolves when all callers are done. */
  live(): Promise<unknown>;
}

/** The share of requests to Sinch that fail. */
const FAULTY = 0.15;
const START_EVERY_MS = 350;
const ROUND_EVERY_MS = 3_000;
const ROUNDS_A_LINE = 10;
/** How long orders may take to end by themselves once everything works again, before each has to read Sinch. */
const RECOVERY_MS = 60_000;
/** A call whose worker was killed times out after 90 seconds, and one that Sinch refused is retried after 5 minutes. */
const PATIENCE_MS = 15 * 60_000;

/** Settings of workers: waits that suit reservations of a minute or two, and an early continue-as-new. */
export const chaosSettings = (seed: number): Record<string, string> => ({
  // The KYC is fictitious, and the key follows from the seed so that kept histories can be decrypted.
  NUMBER_ORDERS_ENCRYPTION_KEYS: `chaos:${createHash('sha256').update(`${seed}`).digest('base64')}`,
  NUMBER_ORDERS_SETTLE_TIME: '2 seconds',
  NUMBER_ORDERS_CORRECTION_QUIET: '2 seconds',
  NUMBER_ORDERS_UPLOAD_POLL: '1 second',
  NUMBER_ORDERS_UPLOAD_POLL_MAX: '5 seconds',
  NUMBER_ORDERS_REVIEW_POLL: '1 second',
  NUMBER_ORDERS_REVIEW_POLL_MAX: '10 seconds',
  NUMBER_ORDERS_PROVISIONING_POLL: '1 second',
  NUMBER_ORDERS_PROVISIONING_POLL_MAX: '10 seconds',
  NUMBER_ORDERS_PROVISIONING_TIMEOUT: '1 minute',
  NUMBER_ORDERS_CONTINUE_AS_NEW_EVENTS: '120',
});

/** Plays orders on a cluster while everything breaks, lets it recover, and compares the results with Sinch's audit. */
export async function runChaos(
  cluster: OpenCluster,
  options: ChaosOptions,
  callersOf: (client: ConnectedClient, options: ChaosOptions) => Callers = oneAfterTheOther,
): Promise<ChaosRun> {
  const startedAt = Date.now();
  const { seed, statuses } = options;
  // It is closed with the process: calls that a failed run has interrupted retry until then.
  const client = await connectNumberOrders(readClientSettings(cluster.settings));
  const sinch = new FakeControl(cluster.fakeSinch);
  const breaker = new Breaker(cluster, sinch, { kills: new Dice(seed + 1), others: new Dice(seed + 2) });
  const callers = callersOf(client, options);
  const { orders } = callers;
  const attendants = new Attendants(client, sinch, new Map(orders.map((order) => [order.reference, order])));
  await planReservations(sinch, new Dice(seed + 3), orders.length);
  await sinch.faultAtRandom({ probability: FAULTY, seed, ...(statuses && { statuses }) });
  const breaking = breaker.start();
  const playing = new AbortController();
  const attended = attend(attendants, startedAt, playing.signal);
  await Promise.race([callers.live(), breaking, attended]);
  playing.abort();
  await Promise.all([breaker.stop(), attended]);
  print(dim(`${elapsed(startedAt)}: every caller is done; Sinch and the cluster recover`));
  const { requests } = await sinch.audit();
  await sinch.clearFaults();
  await sinch.callbacks({ drop: 0, double: 0, flush: true });
  await letAllEnd(attendants, startedAt);
  const audit = await sinch.audit();
  const endings = await gather(client, audit, orders);
  const report = reportOf({ options, startedAt, cluster, breakages: breaker.done, requests, audit, endings });
  return { report, broken: endings.filter(({ violations }) => violations.length > 0), endings };
}

function oneAfterTheOther(client: ConnectedClient, options: ChaosOptions): Callers {
  const dice = new Dice(options.seed);
  const orders = Array.from(
    { length: options.orders },
    (_, index) => new CalledOrder(client, `chaos-${options.seed}-${index}`, drawSchedule(dice, index)),
  );
  return { orders, live: () => Promise.all(orders.map((order, index) => live(order, index))) };
}

/** Some orders make more than one reservation. When the plans run out, the fake Sinch behaves as usual. */
async function planReservations(sinch: FakeControl, dice: Dice, orders: number): Promise<void> {
  for (let planned = 0; planned < orders * 2; planned += 1) await sinch.planNextOrder(drawPlan(dice));
}

async function live(order: CalledOrder, index: number): Promise<void> {
  await delay(index * START_EVERY_MS);
  await order.live();
}

async function attend(attendants: Attendants, startedAt: number, until: AbortSignal): Promise<void> {
  for (let round = 1; !until.aborted; round += 1) {
    await attendants.round();
    if (round % ROUNDS_A_LINE === 0) await tellOpen(attendants, startedAt);
    await delay(ROUND_EVERY_MS, undefined, { signal: until }).catch(() => undefined);
  }
}

async function tellOpen(attendants: Attendants, startedAt: number): Promise<number> {
  const { length } = await attendants.openOrders();
  print(dim(`${elapsed(startedAt)}: ${length} orders are open`));
  return length;
}

async function letAllEnd(attendants: Attendants, startedAt: number): Promise<void> {
  const recovering = Date.now();
  for (let round = 0; ; round += 1) {
    await attendants.round();
    await attendants.lastRounds();
    const waited = Date.now() - recovering;
    if (waited > RECOVERY_MS) await attendants.rereadOpen();
    const open = await attendants.openOrders();
    if (open.length === 0 || waited > PATIENCE_MS) return;
    if (round % ROUNDS_A_LINE === 0) print(dim(`${elapsed(startedAt)}: ${open.length} orders are open still`));
    await delay(ROUND_EVERY_MS);
  }
}

const elapsed = (since: number) => `${Math.round((Date.now() - since) / 1_000)} s`;
