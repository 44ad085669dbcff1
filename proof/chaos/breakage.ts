import { setTimeout as delay } from 'node:timers/promises';
import type { FakeControl } from '../../local/fake-control';
import type { OpenCluster } from '../cluster/cluster';
import type { Dice } from './dice';

/** What was done to the cluster and to Sinch, and how often. */
export type Breakages = Record<Breakage, number>;

const BREAKAGES = [
  'worker killed',
  'callback receiver killed',
  'Temporal server stopped and started',
  'Temporal server killed and started',
  'PostgreSQL restarted',
  'callbacks lost',
  'callbacks doubled',
  'order lost by Sinch for a while',
  'access tokens revoked',
] as const;
type Breakage = (typeof BREAKAGES)[number];

/** Minimum and maximum in milliseconds. */
const BETWEEN_KILLS = [3_000, 7_000] as const;
const BETWEEN_OTHERS = [2_000, 6_000] as const;
const SERVER_AWAY = [500, 3_000] as const;
const ORDER_LOST = [1_000, 5_000] as const;

/** Breaks one part after the other until it is told to stop, and then brings everything up again. */
export class Breaker {
  readonly done = Object.fromEntries(BREAKAGES.map((breakage) => [breakage, 0])) as Breakages;
  private readonly stopping = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly cluster: OpenCluster,
    private readonly sinch: FakeControl,
    private readonly dice: { kills: Dice; others: Dice },
  ) {}

  /** Rejects when something cannot be brought up again. */
  start(): Promise<unknown> {
    const { kills, others } = this.dice;
    this.running = Promise.all([
      this.repeat(kills, BETWEEN_KILLS, () => this.killWorker()),
      this.repeat(others, BETWEEN_OTHERS, () => this.breakOther()),
    ]);
    return this.running;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async repeat(dice: Dice, [least, most]: readonly [number, number], act: () => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await act();
      await delay(dice.between(least, most), undefined, { signal }).catch(() => undefined);
    }
  }

  private async killWorker(): Promise<void> {
    const { workers } = this.cluster;
    await workers[this.dice.kills.wholeBetween(0, workers.length - 1)]?.kill();
    this.done['worker killed'] += 1;
  }

  private async breakOther(): Promise<void> {
    const dice = this.dice.others;
    const { temporal, callbackReceiver } = this.cluster;
    const breakage = dice.weighted<Breakage>([
      [2, 'callback receiver killed'],
      [1, 'Temporal server stopped and started'],
      [1, 'Temporal server killed and started'],
      [temporal.restartDatabase ? 1 : 0, 'PostgreSQL restarted'],
      [3, 'callbacks lost'],
      [3, 'callbacks doubled'],
      [1, 'order lost by Sinch for a while'],
      [1, 'access tokens revoked'],
    ]);
    switch (breakage) {
      case 'callback receiver killed':
        await callbackReceiver?.kill();
        break;
      case 'Temporal server stopped and started':
      case 'Temporal server killed and started':
        await (breakage === 'Temporal server killed and started' ? temporal.killServer() : temporal.stopServer());
        await delay(dice.between(...SERVER_AWAY));
        await temporal.startServer();
        break;
      case 'PostgreSQL restarted':
        await temporal.restartDatabase?.();
        break;
      case 'callbacks lost':
        await this.sinch.callbacks({ drop: dice.wholeBetween(1, 5) });
        break;
      case 'callbacks doubled':
        await this.sinch.callbacks({ double: dice.wholeBetween(1, 5) });
        break;
      case 'order lost by Sinch for a while':
        await this.loseAnOrder(dice);
        break;
      case 'access tokens revoked':
        await this.sinch.revokeTokens();
        break;
      case 'worker killed':
        return;
    }
    this.done[breakage] += 1;
  }

  /** Makes Sinch answer 404 for an order for a while. */
  private async loseAnOrder(dice: Dice): Promise<void> {
    const { orders } = await this.sinch.audit();
    const open = orders.filter(({ state }) => state === 'CREATED' || state === 'IN_REVIEW');
    const lost = open[dice.wholeBetween(0, Math.max(0, open.length - 1))];
    const away = dice.between(...ORDER_LOST);
    if (!lost) return;
    await this.sinch.vanishOrder(lost.idNumberOrder, true);
    await delay(away, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    await this.sinch.vanishOrder(lost.idNumberOrder, false);
  }
}
