import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { OrderView } from '@number-orders/contract';
import { FakeControl } from '../../local/fake-control';
import type { ManagedProcess, Processes } from '../../local/processes';
import { worker, workerIsReady } from '../../local/programs';
import { bold, print } from '../../local/terminal';
import { ToldError } from '../../local/told-error';
import { told, type Claim } from '../../local/verdict';
import type { NumberOrdersClient } from '../../src/client';
import type { OpenCluster } from '../cluster/cluster';
import { gbRegistration } from '../model/kyc';

/** How many orders of each kind. */
const ORDERS = 5;
const OPERATOR = { author: 'On call', reason: 'the restore' };

interface Begun {
  reference: string;
  phoneNumber: string;
}

/** Temporal's database is restored from a backup while Sinch goes on, in several acts, which print their results. */
export class BadDay {
  readonly claims: Claim[] = [];
  private readonly sinch: FakeControl;
  private worker: ManagedProcess | undefined;
  private numbers = 0;
  /** Orders that wait for KYC in the backup, and get it after the restore. */
  private waiting: Begun[] = [];
  /** Orders that wait for KYC in the backup, and have completed before the restore. */
  private completed: Begun[] = [];
  /** Orders that were about to reserve their number in the backup, and had reserved it before the restore. */
  private reserving: Begun[] = [];
  /** Orders that began after the backup. */
  private lost: Begun[] = [];

  constructor(
    private readonly cluster: Pick<OpenCluster, 'temporal' | 'fakeSinch' | 'settings'>,
    private readonly processes: Processes,
    private readonly orders: NumberOrdersClient,
  ) {
    this.sinch = new FakeControl(cluster.fakeSinch);
  }

  async ordersBegin(): Promise<void> {
    print('', bold('Orders begin'));
    await this.startWorker();
    this.waiting = await this.begin();
    this.completed = await this.begin();
    await this.reach([...this.waiting, ...this.completed], ({ stage }) => stage === 'AWAITING_KYC');
    await this.sinch.fault({ operation: 'createNumberOrder', effect: 'STATUS', status: 503, times: 'ALWAYS' });
    this.reserving = await this.begin();
    await this.reach(this.reserving, ({ notices }) => notices.length > 0);
    this.claim(`${2 * ORDERS} wait for KYC, ${ORDERS} are about to reserve their number`, true);
  }

  async isBackedUp(): Promise<void> {
    const { temporal } = this.cluster;
    if (!temporal.backUpDatabase) throw new ToldError('This server has no database of its own.');
    await temporal.backUpDatabase();
    print('', bold('The database is backed up, and orders go on'));
  }

  async goesOn(): Promise<void> {
    await this.sinch.clearFaults();
    await this.reach(this.reserving, ({ stage }) => stage === 'AWAITING_KYC');
    const done = await Promise.all(this.completed.map((order) => this.complete(order)));
    this.lost = await this.begin();
    await this.reach(this.lost, ({ stage }) => stage === 'AWAITING_KYC');
    this.claim(`${ORDERS} complete, ${ORDERS} reserve their number, ${ORDERS} others begin`, done.every(Boolean));
  }

  async everythingDies(): Promise<void> {
    print('', bold('Worker and server are killed, and the database is set back'));
    await this.worker?.kill();
    await this.cluster.temporal.killServer();
    await this.cluster.temporal.restoreDatabase?.();
    await this.cluster.temporal.startServer();
    const known = await Promise.all(this.lost.map(({ reference }) => this.isKnown(reference)));
    this.claim('the orders that began after the backup are unknown', !known.some(Boolean));
  }

  async isRestored(): Promise<void> {
    await this.startWorker({ NUMBER_ORDERS_RESTORED_AT: new Date().toISOString() });
    await this.reach(this.reserving, ({ stage }) => stage === 'UNCONFIRMED');
    this.claim('those about to reserve a number ask Sinch, find it gone, and wait for an operator', true);
  }

  async ordersGoOn(): Promise<void> {
    print('', bold('Operators adopt what Sinch has, senders send their KYC again'));
    const { orders } = await this.sinch.audit();
    for (const { reference, phoneNumber } of this.reserving) {
      const atSinch = orders.find(({ phoneNumbers }) => phoneNumbers.includes(phoneNumber));
      await this.orders.adoptOrder(reference, { idNumberOrder: atSinch?.idNumberOrder ?? '', ...OPERATOR });
    }
    for (const [what, group] of Object.entries({
      'those that waited complete': this.waiting,
      'those that had completed complete once more, and buy nothing': this.completed,
      'those that were adopted complete': this.reserving,
    })) {
      const done = await Promise.all(group.map((order) => this.complete(order)));
      this.claim(what, done.every(Boolean));
    }
  }

  async lostOrdersAreStartedAgain(): Promise<void> {
    print('', bold('Callers start the unknown orders again'));
    const outcomes = await Promise.all(
      this.lost.map(async (order) => {
        await this.start(order);
        return (await this.orders.result(order.reference)).outcome;
      }),
    );
    this.claim(
      'Sinch has no second number for them',
      outcomes.every((outcome) => outcome === 'UNAVAILABLE'),
    );
  }

  async isHeldAgainstSinch(): Promise<void> {
    print('', bold('Held against what Sinch has'));
    const { orders } = await this.sinch.audit();
    const numbers = orders.flatMap(({ phoneNumbers }) => phoneNumbers);
    const all = [...this.waiting, ...this.completed, ...this.reserving, ...this.lost];
    this.claim(`each of ${numbers.length} numbers was reserved once`, new Set(numbers).size === numbers.length);
    this.claim(
      'no order was submitted twice',
      orders.every(({ submitAttempts }) => submitAttempts <= 1),
    );
    this.claim(
      'every reservation is of an order that is known',
      numbers.length === all.length && all.every(({ phoneNumber }) => numbers.includes(phoneNumber)),
    );
    const bought = orders.filter(({ state }) => state === 'COMPLETED').length;
    this.claim(`${bought} numbers are bought, and as many orders say so`, bought === 3 * ORDERS);
  }

  private async begin(): Promise<Begun[]> {
    const begun = Array.from({ length: ORDERS }, () => ({
      reference: `restore-${randomUUID()}`,
      phoneNumber: `+4479130${10_000 + this.numbers++}`,
    }));
    await this.sinch.addNumbers(
      begun.map(({ phoneNumber }) => ({ phoneNumber, regionCode: 'GB', type: 'MOBILE', capabilities: ['SMS'] })),
    );
    await Promise.all(begun.map((order) => this.start(order)));
    return begun;
  }

  private async start({ reference, phoneNumber }: Begun): Promise<void> {
    await this.orders.start({ reference, regionCode: 'GB', numberType: 'MOBILE', selection: { phoneNumber } });
  }

  /** Sends KYC, which Sinch refuses if it has completed the order already. Returns whether the order completes. */
  private async complete({ reference }: Begun): Promise<boolean> {
    await this.orders.register(reference, gbRegistration);
    return (await this.orders.result(reference)).outcome === 'COMPLETED';
  }

  private async reach(group: readonly Begun[], wanted: (view: OrderView) => boolean): Promise<void> {
    for (const { reference } of group) while (!wanted(await this.orders.order(reference))) await delay(200);
  }

  private isKnown(reference: string): Promise<boolean> {
    return this.orders.order(reference).then(
      () => true,
      () => false,
    );
  }

  private async startWorker(changes: Record<string, string> = {}): Promise<void> {
    const service = worker({ ...this.cluster.settings, NUMBER_ORDERS_SETTLE_TIME: '2 seconds', ...changes });
    this.worker = this.processes.start(service);
    await this.worker.whenReady(workerIsReady);
  }

  private claim(claim: string, ok: boolean): void {
    this.claims.push(told(claim, ok));
  }
}
