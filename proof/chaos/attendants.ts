import { ServiceError } from '@temporalio/client';
import type { Audit } from '../../fake-sinch';
import type { FakeControl } from '../../local/fake-control';
import { NumberOrdersError, type ConnectedClient } from '../../src/client';
import type { Stage } from '@number-orders/contract';
import type { CalledOrder } from './callers';

const OPERATOR = { author: 'chaos', reason: 'an operator must check' };

/** Acts for the people that orders wait for: operators, callers who are notified, and Sinch's reviewers. */
export class Attendants {
  private readonly corrected = new Set<string>();
  private readonly reread = new Set<string>();

  constructor(
    private readonly client: ConnectedClient,
    private readonly sinch: FakeControl,
    private readonly orders: ReadonlyMap<string, CalledOrder>,
  ) {}

  /** Acts once on each waiting order. An action that fails now is tried again in the next round. */
  async round(): Promise<void> {
    const unconfirmed = await this.openOrders('UNCONFIRMED');
    const waiting = await this.openOrders('ACTION_REQUIRED');
    await Promise.all([
      ...unconfirmed.map((order) => this.confirm(order)),
      ...waiting.map((order) => this.correct(order)),
    ]);
  }

  /** Once everything works again: rejects blocked orders, and cancels unconfirmed ones. */
  async lastRounds(): Promise<void> {
    for (const { idNumberOrder, state } of (await this.sinch.audit()).orders) {
      if (state === 'BLOCKED') await this.sinch.moveOrder(idNumberOrder, 'REJECTED');
    }
    for (const { reference } of await this.openOrders('UNCONFIRMED')) {
      await attempt(() => this.client.orders.cancel(reference, OPERATOR));
    }
  }

  /** Has each order read Sinch once now: one whose credentials Sinch refused would wait for minutes. */
  async rereadOpen(): Promise<void> {
    for (const { reference } of await this.openOrders()) {
      if (this.reread.has(reference)) continue;
      this.reread.add(reference);
      await attempt(() => this.client.orders.reread(reference, OPERATOR));
    }
  }

  /** Listed by Temporal's visibility, which is some seconds behind. */
  async openOrders(stage?: Stage): Promise<CalledOrder[]> {
    const open: CalledOrder[] = [];
    await attempt(async () => {
      for await (const { reference } of this.client.orders.list({ open: true, ...(stage && { stage }) })) {
        const order = this.orders.get(reference);
        if (order) open.push(order);
      }
    });
    return open;
  }

  /** Corrects each order once, not for every caller. */
  private async correct(order: CalledOrder): Promise<void> {
    if (!order.schedule.corrects || this.corrected.has(order.reference)) return;
    this.corrected.add(order.reference);
    await order.correct();
  }

  private async reservationsOf(reference: string): Promise<Audit['orders']> {
    const { orders } = await this.sinch.audit();
    return orders.filter(({ callbackUrl, state }) => state === 'CREATED' && callbackUrl?.includes(`/${reference}/`));
  }

  /** Sinch may know the order again, an operator may find it in Sinch's dashboard, or the order is cancelled. */
  private async confirm({ reference, schedule }: CalledOrder): Promise<void> {
    const { orders } = this.client;
    const answer = await attempt(() => orders.reread(reference, OPERATOR));
    if (answer?.stage !== 'UNCONFIRMED') return;
    const made = schedule.adopts ? await this.reservationsOf(reference) : [];
    for (const { idNumberOrder } of made) {
      const adopted = await attempt(() => orders.adoptOrder(reference, { idNumberOrder, ...OPERATOR }));
      if (adopted) return;
    }
    if (made.length === 0) await attempt(() => orders.cancel(reference, OPERATOR));
  }
}

/** Undefined if the order refuses it, or Temporal does not answer. */
export async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof NumberOrdersError || error instanceof ServiceError) return undefined;
    throw error;
  }
}
