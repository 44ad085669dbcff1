import { Semaphore } from 'async-mutex';
import type { Client } from '@temporalio/client';
import {
  isOpenRun,
  QUERY,
  REFERENCE_PATTERN,
  UPDATE,
  workflowIdOf,
  type Attachment,
  type KycAnswer,
  type OrderView,
  type Registration,
} from '@number-orders/contract';
import { TemporalCalls } from '../../client/temporal-calls';
import { NoAnswerError, OrderEndedError, OrderNotFoundError, TemporalUnavailableError } from '../../client/errors';
import { reachesTemporal } from '../../http/probes';
import type { LinkedOrder } from '../links/link';

/** An order's run, and its current state. */
export interface FoundOrder extends LinkedOrder {
  reference: string;
  view: OrderView;
}

/** The channel that a message came through. It stays in history. */
export type Via = 'page' | 'http';

export interface OrderDeskOptions {
  /** Made with this service's `dataConverter`. */
  client: Client;
  taskQueue: string;
  /** The time-out of calls to Temporal. Longer than an order takes to answer. */
  timeoutMs?: number;
}

const ANSWERS_WITHIN_MS = 20_000;
/** Temporal accepts ten updates of one order. The rest is for operators and other services. */
const IN_FLIGHT = 3;
/** The number of orders that are cached: each takes up to some 100 kB. */
const RECALLED = 100;

/** Reads orders for the intake, and sends KYC to them. */
export class OrderDesk {
  private readonly client: Client;
  private readonly calls: TemporalCalls;
  private readonly inFlight = new Map<string, Semaphore>();
  /** Their last known state, the latest at the end. */
  private readonly found = new Map<string, FoundOrder>();

  constructor({ client, taskQueue, timeoutMs = ANSWERS_WITHIN_MS }: OrderDeskOptions) {
    this.client = client;
    this.calls = new TemporalCalls(client, taskQueue, timeoutMs);
  }

  /** Writes nothing. Undefined: there is no such order. @throws {NumberOrdersError} when Temporal cannot say */
  async find(reference: string): Promise<FoundOrder | undefined> {
    const order = await this.look(reference);
    this.found.delete(reference);
    if (order) this.found.set(reference, order);
    for (const oldest of this.found.keys()) {
      if (this.found.size <= RECALLED) break;
      this.found.delete(oldest);
    }
    return order;
  }

  /**
   * If Temporal is unavailable, returns the order's last known state, so that the sender need not start again.
   * @throws {NumberOrdersError} when it was not read before
   */
  async findOrRecall(reference: string): Promise<FoundOrder | undefined> {
    try {
      return await this.find(reference);
    } catch (error) {
      const recalled = this.found.get(reference);
      const isAway = error instanceof NoAnswerError || error instanceof TemporalUnavailableError;
      if (recalled && isAway) return recalled;
      throw error;
    }
  }

  private async look(reference: string): Promise<FoundOrder | undefined> {
    try {
      const { runId, status, raw } = await this.calls.call(reference, () => this.calls.handle(reference).describe());
      const view = await this.calls.query<OrderView>(reference, QUERY.order);
      const firstRunId = raw.workflowExecutionInfo?.firstRunId || runId;
      const { kycLinksRevokedAt } = view;
      return {
        reference,
        firstRunId,
        isOpen: isOpenRun(status.name),
        ...(kycLinksRevokedAt !== undefined && { linksRevokedAt: new Date(kycLinksRevokedAt) }),
        view,
      };
    } catch (error) {
      if (error instanceof OrderNotFoundError || error instanceof OrderEndedError) return undefined;
      throw error;
    }
  }

  /** @throws {NumberOrdersError} OrderNotFoundError, OrderEndedError */
  async findOpen(reference: string): Promise<FoundOrder> {
    const order = REFERENCE_PATTERN.test(reference) ? await this.find(reference) : undefined;
    if (!order) throw new OrderNotFoundError(reference);
    if (!order.isOpen) throw new OrderEndedError(reference);
    return order;
  }

  /** Whether an order can be signalled now. */
  reachesTemporal(): Promise<boolean> {
    return reachesTemporal(this.client);
  }

  /** @throws {NumberOrdersError} OrderEndedError, too, when the order has become another attempt */
  register(order: FoundOrder, registration: Registration, via: Via): Promise<KycAnswer> {
    return this.update(order, UPDATE.submitRegistration, { ...registration, via });
  }

  /** @throws {NumberOrdersError} OrderEndedError, too, when the order has become another attempt */
  attach(order: FoundOrder, attachment: Attachment, via: Via): Promise<KycAnswer> {
    return this.update(order, UPDATE.submitAttachment, { ...attachment, via });
  }

  private async update(order: FoundOrder, name: string, argument: object): Promise<KycAnswer> {
    const { reference, firstRunId: firstExecutionRunId } = order;
    const handle = this.client.workflow.getHandle(workflowIdOf(reference), undefined, { firstExecutionRunId });
    const semaphore = this.inFlight.get(reference) ?? new Semaphore(IN_FLIGHT);
    this.inFlight.set(reference, semaphore);
    try {
      return await semaphore.runExclusive(() =>
        this.calls.call(reference, () => handle.executeUpdate<KycAnswer, [object]>(name, { args: [argument] })),
      );
    } finally {
      if (semaphore.getValue() === IN_FLIGHT) this.inFlight.delete(reference);
    }
  }
}
