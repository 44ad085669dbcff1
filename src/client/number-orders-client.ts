import type { Client } from '@temporalio/client';
import {
  isOpenRun,
  attachmentKeyOf,
  QUERY,
  readAdoptOrder,
  readAttachment,
  readCancel,
  readErase,
  readExtendCorrectionWindow,
  readOperatorAction,
  readRegistration,
  readWaiveRequirement,
  SIGNAL,
  TASK_QUEUE,
  UPDATE,
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
  type Read,
  type Registration,
  type ReservationAnswer,
  type Stage,
  type WaiveRequirement,
} from '@number-orders/contract';
import { DocumentsDeletedError, type AttachmentStore } from '../store/attachment-store';
import type { RecordStore } from '../store/record-store';
import { auditOrder, type AuditEntry } from './audit';
import { Batches } from './batches';
import { Profiles } from './profiles';
import { TemporalCalls } from './temporal-calls';
import { KycLinkError, OrderEndedError, OrderNotFoundError } from './errors';
import { askForKycLink, type IntakeAddress, type KycLinkOptions, type SignedKycLink } from './kyc-link';
import { check, refuseErased } from './check';
import { usingUp, type DocumentContent } from './content';
import { listOrders, type ListFilter, type OrderSummary } from './list-orders';
import { OrderEraser } from './order-eraser';
import { OrderStarter, type ReserveOptions, type StartedOrder, type StartOptions } from './order-starter';

export interface NumberOrdersClientOptions {
  /** Made with this service's `dataConverter`, as `connectNumberOrders` does. */
  client: Client;
  /** `number-orders` when left out. */
  taskQueue?: string;
  /** Needed by `attach`, `stage` and `erase`; with it, erased references are refused. */
  store?: AttachmentStore;
  /** Needed by `batches` and `profiles`: what `openStore` returns. */
  records?: RecordStore;
  /** How long to wait for an answer; 30 seconds when left out. */
  timeoutMs?: number;
  /** Needed by `kycLink`. */
  intake?: IntakeAddress;
}

export interface Document {
  attachmentId: string;
  fileName: string;
  mimeType: string;
  documentType?: string;
  /** The bytes, a stream of them, or the path of the file that has them. A stream is always consumed. */
  content: DocumentContent;
}

/** The result of an erasure. */
export interface Erasure {
  /** The stage of an open order, which will end; undefined: it had ended. */
  stage?: Stage;
  detail: string;
}

/**
 * Orders phone numbers, sends their KYC and follows them. Everything but `attach`, `stage` and `erase` is plain Temporal: any
 * other client can do the same with the contract.
 */
export class NumberOrdersClient {
  /** Many orders under one name. */
  readonly batches: Batches;
  /** KYC that is kept under a name. */
  readonly profiles: Profiles;
  private readonly client: Client;
  private readonly store: AttachmentStore | undefined;
  private readonly calls: TemporalCalls;
  private readonly starter: OrderStarter;
  private readonly intake: IntakeAddress | undefined;
  private readonly timeoutMs: number;

  constructor(options: NumberOrdersClientOptions) {
    const { client, taskQueue = TASK_QUEUE, store, records, timeoutMs = 30_000, intake } = options;
    this.client = client;
    this.store = store;
    this.intake = intake;
    this.timeoutMs = timeoutMs;
    this.calls = new TemporalCalls(client, taskQueue, timeoutMs);
    this.profiles = new Profiles(records);
    this.batches = new Batches(client, taskQueue, timeoutMs, records, (reference) => this.order(reference));
    this.starter = new OrderStarter(client, this.calls, taskQueue, store);
  }

  /**
   * Starts an order, or attaches to the one its reference has, open or ended. Calling it again is safe.
   * @throws {InvalidRequestError} {@link RequestMismatchError} {@link AlreadyCompletedError} {@link NewAttemptRefusedError}
   */
  start(request: NumberOrderRequest, options: StartOptions = {}): Promise<StartedOrder> {
    return this.starter.start(request, options);
  }

  /**
   * Starts an order and waits for its reservation, in one call.
   * @throws {NumberOrderFailedError} when the order failed before it had reserved anything
   */
  reserve(request: NumberOrderRequest, options: ReserveOptions = {}): Promise<ReservationAnswer> {
    return this.starter.reserve(request, options);
  }

  /** The order's current state, or its end. */
  order(reference: string): Promise<OrderView> {
    return this.calls.query(reference, QUERY.order);
  }

  /** Waits for the order's end. @throws {NumberOrderFailedError} */
  result(reference: string, { timeoutMs = Infinity } = {}): Promise<NumberOrderResult> {
    return this.calls.result(reference, timeoutMs);
  }

  /** Sends KYC fields. With `signal` there is no answer: the view tells whether they were accepted. */
  register(reference: string, registration: Registration, options?: { signal?: false }): Promise<KycAnswer>;
  register(reference: string, registration: Registration, options: { signal: true }): Promise<undefined>;
  async register(
    reference: string,
    registration: Registration,
    { signal = false } = {},
  ): Promise<KycAnswer | undefined> {
    const argument = check(readRegistration(registration), 'The registration');
    if (signal) return this.signal(reference, SIGNAL.registration, argument);
    return this.update<KycAnswer>(reference, UPDATE.submitRegistration, argument);
  }

  /** Puts a document into the store and tells the order. With `signal` there is no answer. */
  attach(reference: string, document: Document, options?: { signal?: false }): Promise<KycAnswer>;
  attach(reference: string, document: Document, options: { signal: true }): Promise<undefined>;
  async attach(reference: string, document: Document, { signal = false } = {}): Promise<KycAnswer | undefined> {
    const attachment = await usingUp(document.content, async (content) => {
      // No personal data is stored for an order that is not there to delete it.
      await this.refuseUnlessOpen(reference);
      return this.stage(reference, { ...document, content });
    });
    if (signal) return this.signal(reference, SIGNAL.attachment, attachment);
    return this.update<KycAnswer>(reference, UPDATE.submitAttachment, attachment);
  }

  /** Puts a document into the store for an order that is not started yet: put the result into the request's `attachments`. */
  stage(reference: string, { content, ...document }: Document): Promise<Attachment> {
    return usingUp(content, async (bytes) => {
      const sha256 = '0'.repeat(64);
      const probe = { ...document, key: attachmentKeyOf(reference, sha256), size: 1, sha256 };
      const known = check(readAttachment(reference)(probe), 'The document');
      const store = this.requireStore();
      await refuseErased(store, reference);
      try {
        return { ...known, ...(await store.put(reference, bytes)) };
      } catch (error) {
        if (error instanceof DocumentsDeletedError) throw new OrderEndedError(reference);
        throw error;
      }
    });
  }

  /** Stops the order as far as that is still possible; its result tells how far. */
  async cancel(reference: string, request: CancelRequest): Promise<void> {
    await this.signal(reference, SIGNAL.cancel, check(readCancel(request), 'The cancellation'));
  }

  /** Names the Sinch order that an UNCONFIRMED creation led to. */
  adoptOrder(reference: string, argument: AdoptOrder): Promise<OperatorAnswer> {
    return this.operate(reference, UPDATE.adoptOrder, readAdoptOrder(argument));
  }

  /** Makes the order ask Sinch now. */
  reread(reference: string, argument: OperatorAction): Promise<OperatorAnswer> {
    return this.operate(reference, UPDATE.reread, readOperatorAction(argument));
  }

  /** Makes the order submit without a requirement. */
  waiveRequirement(reference: string, argument: WaiveRequirement): Promise<OperatorAnswer> {
    return this.operate(reference, UPDATE.waiveRequirement, readWaiveRequirement(argument));
  }

  /** Gives the sender of corrected KYC more time. */
  extendCorrectionWindow(reference: string, argument: ExtendCorrectionWindow): Promise<OperatorAnswer> {
    return this.operate(reference, UPDATE.extendCorrectionWindow, readExtendCorrectionWindow(argument));
  }

  /**
   * A link to the KYC page, for the person who has the KYC. Asks the intake, which has the keys.
   * @throws {KycLinkError} {@link OrderEndedError} {@link InvalidRequestError}
   */
  kycLink(reference: string, options: KycLinkOptions = {}): Promise<SignedKycLink> {
    if (!this.intake) throw new KycLinkError('this client knows no intake');
    return askForKycLink(this.intake, reference, options, this.timeoutMs);
  }

  /** Invalidates all links to the KYC page that were signed until now. */
  revokeKycLinks(reference: string, argument: OperatorAction): Promise<OperatorAnswer> {
    return this.operate(reference, UPDATE.revokeKycLinks, readOperatorAction(argument));
  }

  /**
   * With `force`, makes an open order delete its staged files, stop using its KYC and end. For an order that has ended, deletes
   * staged files and every run, and blocks its reference. So an open order takes two calls: one to end it, and one after its end.
   */
  async erase(reference: string, argument: Erase): Promise<Erasure> {
    try {
      return await this.operate(reference, UPDATE.erase, readErase(argument));
    } catch (error) {
      if (!(error instanceof OrderEndedError || error instanceof OrderNotFoundError)) throw error;
    }
    const runs = await new OrderEraser(this.client, this.calls, this.requireStore()).erase(reference);
    const histories =
      runs > 0 ? `Temporal deletes ${runs} of its runs within minutes` : 'Temporal has none of its runs';
    return { detail: `staged files are deleted, ${histories}; the reference cannot be used again` };
  }

  /** Orders from Temporal's visibility, newest first. It lags seconds behind the orders. */
  list(filter: ListFilter = {}): AsyncIterable<OrderSummary> {
    return listOrders(this.client, filter);
  }

  /** What was done to an order in all its runs, by whom and why, oldest first: names, ids and authors, never KYC. */
  audit(reference: string): Promise<AuditEntry[]> {
    return this.calls.call(reference, () => auditOrder(this.client, reference));
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

  private async operate(reference: string, name: string, argument: Read<unknown>) {
    return this.update<OperatorAnswer>(reference, name, check(argument, 'The request'));
  }

  private requireStore(): AttachmentStore {
    if (!this.store) throw new Error('This client has no attachment store: pass one to its constructor.');
    return this.store;
  }

  private async refuseUnlessOpen(reference: string): Promise<void> {
    const { status } = await this.calls.call(reference, () => this.calls.handle(reference).describe());
    if (!isOpenRun(status.name)) throw new OrderEndedError(reference);
  }
}
