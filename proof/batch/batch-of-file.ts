import { Readable } from 'node:stream';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { NumberOrderRequest } from '@number-orders/contract';
import { cliProgram } from '../../local/paths';
import { ToldError } from '../../local/told-error';
import type { BatchLine, ConnectedClient } from '../../src/client';
import { attempt } from '../chaos/attendants';
import { CalledOrder, untilAnswered } from '../chaos/callers';
import { Dice } from '../chaos/dice';
import type { Callers, ChaosOptions } from '../chaos/run';
import { drawSchedule } from '../chaos/schedule';
import type { OpenCluster } from '../cluster/cluster';
import { numberOrders } from '../cluster/number-orders';
import { auRegistration, PROOF_OF_IDENTITY, uniqueRegistration } from '../model/kyc';
import { csvOf } from './rows';

const OPERATOR = { author: 'batch-proof', reason: 'as the schedule says' };
const PROFILE = 'batch-proof';
const LOOK_EVERY_MS = 1_000;
/** How often a command is run again while the services that it needs fail. */
const TRIES = 100;

/** Orders of one CSV file, which is started with the command that an operator would run. */
export class BatchOfFile implements Callers {
  readonly name: string;
  readonly orders: readonly CalledOrder[];
  readonly maxOpen: number;
  /** How often the batch had paused by itself. */
  resumed = 0;
  /** How often the command that starts it was run. */
  starts = 0;
  private readonly requests: readonly NumberOrderRequest[];

  constructor(
    private readonly cluster: Pick<OpenCluster, 'settings' | 'folder'>,
    private readonly client: ConnectedClient,
    { orders, seed }: Pick<ChaosOptions, 'orders' | 'seed'>,
  ) {
    this.name = `batch-${seed}`;
    this.maxOpen = Math.min(50, Math.ceil(orders / 5));
    const dice = new Dice(seed);
    const drawn = Array.from({ length: orders }, (_, index) => this.draw(dice, index));
    this.orders = drawn.map(({ order }) => order);
    this.requests = drawn.map(({ request }) => request);
  }

  /** The callers of an order begin when the batch has started its row. */
  async live(): Promise<void> {
    await this.keepProfile();
    await writeFile(this.file, csvOf(this.requests));
    await this.start();
    const living: Promise<void>[] = [];
    while (living.length < this.orders.length) {
      const { taken, state } = await untilAnswered(() => this.client.orders.batches.view(this.name));
      living.push(...this.orders.slice(living.length, taken).map((order) => order.act()));
      if (state === 'PAUSED') await this.resume();
      await delay(LOOK_EVERY_MS);
    }
    await Promise.all(living);
  }

  async start(): Promise<void> {
    const from = this.starts;
    const command = ['batch', 'start', this.file, '--name', this.name, '--max-open', String(this.maxOpen)];
    for (;;) {
      this.starts += 1;
      const { code, printed } = await numberOrders(cliProgram, command, this.cluster.settings);
      if (code === 0) return;
      if (this.starts - from === TRIES) throw new ToldError(`The file cannot be started: ${printed}`);
      await delay(LOOK_EVERY_MS);
    }
  }

  async report(): Promise<BatchLine[]> {
    const command = ['batch', 'report', this.name, '--format', 'json', '--no-kyc-links'];
    const { code, printed } = await numberOrders(cliProgram, command, this.cluster.settings);
    if (code !== 0) throw new ToldError(`There is no report: ${printed}`);
    return JSON.parse(printed) as BatchLine[];
  }

  private async resume(): Promise<void> {
    const resumed = await attempt(() => this.client.orders.batches.resume(this.name, OPERATOR));
    if (resumed) this.resumed += 1;
  }

  private get file(): string {
    return join(this.cluster.folder, `${this.name}.csv`);
  }

  /** As on a platform: some KYC is in the file, some in a profile, some is sent later, some never. */
  private draw(dice: Dice, index: number) {
    const reference = `${this.name}-${index}`;
    const schedule = drawSchedule(dice, index);
    const { order, steps } = schedule;
    const known = dice.chance(0.4);
    const registers = steps.find((step) => step.kind === 'register' && step.good);
    const request: NumberOrderRequest = {
      reference,
      ...order,
      ...(known && order.regionCode === 'AU' && { kycProfile: PROFILE }),
      ...(known && order.regionCode !== 'AU' && registers && { registration: uniqueRegistration(order.regionCode) }),
    };
    const later = request.registration ? steps.filter((step) => step !== registers) : steps;
    return { request, order: new CalledOrder(this.client, reference, { ...schedule, steps: later }) };
  }

  private async keepProfile(): Promise<void> {
    const identity = {
      attachmentId: PROOF_OF_IDENTITY,
      fileName: 'identity.pdf',
      mimeType: 'application/pdf',
      content: Readable.from(['A fictitious document']),
    };
    await this.client.orders.profiles.put(
      PROFILE,
      { regionCode: 'AU', numberType: 'MOBILE', registration: auRegistration(), documents: [identity] },
      OPERATOR,
    );
  }
}
