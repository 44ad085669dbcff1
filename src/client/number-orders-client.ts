import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Client } from '@temporalio/client';
import {
  attachmentKeyOf,
  QUERY,
  SIGNAL,
  TASK_QUEUE,
  UPDATE,
  validateAdoptOrder,
  validateAttachment,
  validateCancel,
  validateErase,
  validateExtendCorrectionWindow,
  validateOperatorAction,
  validateRegistration,
  validateWaiveRequirement,
  type AdoptOrder,
  type Attachment,
  type CancelRequest,
  type Erase,
  type ExtendCorrectionWindow,
  type KycAnswer,
  type NumberOrderRequest,
  type NumberOrderResult,
  type OperatorAction,
  type OperatorAnswer,
  type OrderView,
  type Registration,
  type ReservationAnswer,
  type Violation,
  type WaiveRequirement,
} from '../contract';
import type { AttachmentStore } from '../store/attachment-store';
import { TemporalCalls } from './calls';
import { OrderEndedError } from './errors';
import { check } from './check';
import { listOrders, type ListFilter, type OrderSummary } from './list-orders';
import { OrderStarter, type StartedOrder } from './order-starter';

export interface NumberOrdersClientOptions {
  /** Made with this service's `dataConverter`, as `connectNumberOrders` does. */
  client: Client;
  /** `number-orders` when left out. */
  taskQueue?: string;
  /** Needed by `attach` and `stage` alone. */
  store?: AttachmentStore;
  /** How long to wait for an answer; 30 seconds when left out. */
  timeoutMs?: number;
}

export interface Document {
  attachmentId: string;
  fileName: string;
  mimeType: string;
  documentType?: string;
  /** The bytes, or the path of the file that has them. */
  content: Readable | string;
}

/**
 * Orders phone numbers, sends their KYC and follows them. Everything but `attach` and `stage` is plain Temporal: what this
 * client does, any other can do by the contract.
 */
export class NumberOrdersClient {
  private readonly client: Client;
  private readonly store: AttachmentStore | undefined;
  private readonly calls: TemporalCalls;
  private readonly starter: OrderStarter;

  constructor({ client, taskQueue = TASK_QUEUE, store, timeoutMs = 30_000 }: NumberOrdersClientOptions) {
    this.client = client;
    this.store = store;
    this.calls = new TemporalCalls(client, taskQueue, timeoutMs);
    this.starter = new OrderStarter(client, this.calls, taskQueue);
  }

  /**
   * Starts an order, or attaches to the one its reference has, open or ended. Calling it again is safe.
   * @param options newAttempt: order again after an end without numbers
   * @throws {InvalidRequestError} {@link RequestMismatchError} {@link AlreadyCompletedError}
   */
  start(request: NumberOrderRequest, options: { newAttempt?: boolean } = {}): Promise<StartedOrder> {
    return this.starter.start(request, options);
  }

  /**
   * Starts an order and waits for what it could reserve, in one call.
   * @param options timeoutMs: how long to wait for the reservation; the order goes on without its waiter
   * @throws {NumberOrderFailedError} when the order failed before it had reserved anything
   */
  reserve(request: NumberOrderRequest, options: { timeoutMs?: number } = {}): Promise<ReservationAnswer> {
    return this.starter.reserve(request, options);
  }

  /** What the order is doing, or has come to. */
  order(reference: string): Promise<OrderView> {
    return this.calls.call(reference, () => this.calls.handle(reference).query<OrderView>(QUERY.order));
  }

  /** Waits for the order's end. @throws {NumberOrderFailedError} */
  result(reference: string, { timeoutMs = Infinity } = {}): Promise<NumberOrderResult> {
    return this.calls.result(reference, timeoutMs);
  }

  /** Sends KYC fields. With `signal` nobody answers: whether they were taken is in the view. */
  register(reference: string, registration: Registration, options?: { signal?: false }): Promise<KycAnswer>;
  register(reference: string, registration: Registration, options: { signal: true }): Promise<undefined>;
  async register(
    reference: string,
    registration: Registration,
    { signal = false } = {},
  ): Promise<KycAnswer | undefined> {
    check(validateRegistration(registration), 'The registration');
    if (signal) return this.signal(reference, SIGNAL.registration, registration);
    return this.update<KycAnswer>(reference, UPDATE.submitRegistration, registration);
  }

  /** Puts a document into the store and tells the order. With `signal` nobody answers. */
  attach(reference: string, document: Document, options?: { signal?: false }): Promise<KycAnswer>;
  attach(reference: string, document: Document, options: { signal: true }): Promise<undefined>;
  async attach(reference: string, document: Document, { signal = false } = {}): Promise<KycAnswer | undefined> {
    // A stream that breaks before it is read shall fail the reading, not the process.
    if (typeof document.content !== 'string') document.content.once('error', () => undefined);
    // Personal data is not to be left in the store for an order that is not there to delete it.
    await this.refuseUnlessOpen(reference);
    const attachment = await this.stage(reference, document);
    if (signal) return this.signal(reference, SIGNAL.attachment, attachment);
    return this.update<KycAnswer>(reference, UPDATE.submitAttachment, attachment);
  }

  /** Puts a document into the store for an order yet to be started: the answer goes into the request's `attachments`. */
  async stage(reference: string, { content, ...document }: Document): Promise<Attachment> {
    if (!this.store) throw new Error('This client has no attachment store: pass one to its constructor.');
    const sha256 = '0'.repeat(64);
    const probe = { ...document, key: attachmentKeyOf(reference, sha256), size: 1, sha256 };
    check(validateAttachment(reference)(probe), 'The document');
    const bytes = typeof content === 'string' ? createReadStream(content) : content;
    return { ...document, ...(await this.store.put(reference, bytes)) };
  }

  /** Stops the order as far as that is still possible; its result tells how far. */
  async cancel(reference: string, request: CancelRequest): Promise<void> {
    check(validateCancel(request), 'The cancellation');
    await this.signal(reference, SIGNAL.cancel, request);
  }

  /** Names the Sinch order that an UNCONFIRMED creation has led to. */
  adoptOrder(reference: string, argument: AdoptOrder): Promise<OperatorAnswer> {
    return this.operate(reference, UPDATE.adoptOrder, argument, validateAdoptOrder(argument));
  }

  /** Has the order ask Sinch now. */
  reread(reference: string, argument: OperatorAction): Promise<OperatorAnswer> {
    return this.operate(reference, UPDATE.reread, argument, validateOperatorAction(argument));
  }

  /** Has the order submit without a requirement. */
  waiveRequirement(reference: string, argument: WaiveRequirement): Promise<OperatorAnswer> {
    return this.operate(reference, UPDATE.waiveRequirement, argument, validateWaiveRequirement(argument));
  }

  /** Gives the sender of corrected KYC more time. */
  extendCorrectionWindow(reference: string, argument: ExtendCorrectionWindow): Promise<OperatorAnswer> {
    return this.operate(reference, UPDATE.extendCorrectionWindow, argument, validateExtendCorrectionWindow(argument));
  }

  /** Has an open order delete its staged files and stop using its KYC. */
  erase(reference: string, argument: Erase): Promise<OperatorAnswer> {
    return this.operate(reference, UPDATE.erase, argument, validateErase(argument));
  }

  /** Orders by Temporal's visibility, newest first; seconds behind the orders themselves. */
  list(filter: ListFilter = {}): AsyncIterable<OrderSummary> {
    return listOrders(this.client, filter);
  }

  private async signal(reference: string, name: string, argument: unknown): Promise<undefined> {
    await this.calls.call(reference, () => this.calls.handle(reference).signal(name, argument));
    return undefined;
  }

  private update<Answer>(reference: string, name: string, argument: unknown): Promise<Answer> {
    return this.calls.call(reference, () =>
      this.calls.handle(reference).executeUpdate<Answer, [unknown]>(name, { args: [argument] }),
    );
  }

  private async operate(reference: string, name: string, argument: unknown, violations: Violation[]) {
    check(violations, 'The request');
    return this.update<OperatorAnswer>(reference, name, argument);
  }

  private async refuseUnlessOpen(reference: string): Promise<void> {
    const { status } = await this.calls.call(reference, () => this.calls.handle(reference).describe());
    if (status.name !== 'RUNNING') throw new OrderEndedError(reference);
  }
}
