import type { ActiveNumbers } from './active-numbers';
import type { Callbacks } from './callbacks';
import { checkRegistration } from './check-registration';
import type { Clock } from './clock';
import { type ApiError, type FieldViolation, invalidArgument, notFound } from './errors';
import { newId } from './ids';
import type { Inventory } from './inventory';
import { asksForRegistration, attachmentsOf, type RequirementsBook } from './requirements';
import { uploadStatusFor } from './review';
import { Reviewers } from './reviewers';
import type { Settings } from './settings';
import type { Attachment, Order, OrderPlan, OrderState, RequiredAttachment } from './types';

export type NewOrder = Pick<
  Order,
  'regionCode' | 'numberType' | 'phoneNumbers' | 'smsConfiguration' | 'voiceConfiguration' | 'callbackUrl'
>;

export type UploadedFile = Pick<Attachment, 'fileName' | 'mimeType' | 'documentType' | 'size' | 'sha256'>;

/** The orders and their life: reservation, registration, uploads, review, and the ends of it. */
export class Orders {
  readonly all: Order[] = [];
  /** What happens to the orders created next, one entry each. */
  readonly nextPlans: OrderPlan[] = [];
  readonly #reviewers: Reviewers;

  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly inventory: Inventory,
    private readonly requirements: RequirementsBook,
    private readonly activeNumbers: ActiveNumbers,
    private readonly callbacks: Callbacks,
  ) {
    this.#reviewers = new Reviewers(clock, settings, (order, state, message) => {
      this.move(order, state, message);
    });
  }

  create(request: NewOrder): Order {
    const plan = this.nextPlans.shift() ?? {};
    const createTime = this.clock.now();
    const order: Order = {
      ...request,
      idNumberOrder: newId(createTime),
      state: 'CREATED',
      createTime,
      updateTime: createTime,
      expireTime: createTime + (plan.reservationSeconds ?? this.settings.reservationSeconds) * 1000,
      attachments: new Map(),
      logs: [],
      asked: false,
      plan,
      released: new Set(),
      reviews: 0,
      vanished: false,
      submits: 0,
      submitAttempts: 0,
      registrationPuts: 0,
    };
    this.all.push(order);
    this.inventory.setStatus(order.phoneNumbers, 'RESERVED');
    this.clock.at(order.expireTime, () => {
      const inReview = order.state === 'IN_REVIEW' || order.state === 'BLOCKED';
      if (order.state === 'CREATED' || (inReview && this.settings.expireInReview)) this.move(order, 'EXPIRED');
    });
    return order;
  }

  /** @throws ApiError 404 */
  get(idNumberOrder: string): Order {
    const order = this.all.find((candidate) => candidate.idNumberOrder === idNumberOrder && !candidate.vanished);
    if (!order) throw notFound('NumberOrder', idNumberOrder);
    return order;
  }

  /** @throws ApiError 400 with the field violations */
  register(order: Order, requestDetails: Record<string, unknown>): void {
    order.registrationPuts += 1;
    this.#mustTakeCorrections(order);
    const violations = checkRegistration(this.#requirementsOf(order), requestDetails);
    if (violations.length > 0) throw invalidArgument(...violations);
    order.requestDetails = requestDetails;
    order.updateTime = this.clock.now();
    this.#reviewAgain(order);
  }

  /** @throws ApiError 404 for an id the requirements do not name */
  requiredAttachment(order: Order, attachmentId: string): RequiredAttachment {
    const required = attachmentsOf(this.#requirementsOf(order)).find(({ id }) => id === attachmentId);
    if (!required) throw notFound('Attachment', attachmentId);
    this.#mustTakeCorrections(order);
    return required;
  }

  /** @throws ApiError 400 when the file is not of a kind the requirements allow */
  upload(order: Order, attachmentId: string, file: UploadedFile): void {
    const required = this.requiredAttachment(order, attachmentId);
    const violations = checkKind(required, file);
    if (violations.length > 0) throw invalidArgument(...violations);
    const now = this.clock.now();
    const earlier = order.attachments.get(attachmentId);
    const attachment: Attachment = {
      ...file,
      attachmentId,
      uploadStatus: 'WAITING',
      createTime: earlier?.createTime ?? now,
      updateTime: now,
      uploads: (earlier?.uploads ?? 0) + 1,
    };
    order.attachments.set(attachmentId, attachment);
    order.updateTime = now;
    this.clock.at(now + this.settings.uploadSeconds * 1000, () => {
      attachment.uploadStatus = uploadStatusFor(attachment.fileName);
      attachment.updateTime = this.clock.now();
      if (order.attachments.get(attachmentId) === attachment) this.#reviewAgain(order);
    });
  }

  /** @throws ApiError 400 when something is missing or the order is past submitting */
  submit(order: Order): void {
    order.submitAttempts += 1;
    if (order.state === 'IN_REVIEW' || order.state === 'BLOCKED') {
      if (this.settings.tolerateResubmit) return;
    }
    if (order.state !== 'CREATED') throw wrongState(order);
    const missing = this.#missing(order);
    if (missing.length > 0) throw invalidArgument(...missing);
    order.submits += 1;
    this.#reviewers.review(order);
  }

  /** Puts the order into this state with all that follows from it; the control uses it to force a turn of events. */
  move(order: Order, state: OrderState, message?: string): void {
    order.state = state;
    order.asked = false;
    order.shownState = undefined;
    order.updateTime = this.clock.now();
    if (message !== undefined) order.logs.push({ message, createTime: order.updateTime });
    if (state === 'REJECTED' || state === 'EXPIRED') this.inventory.setStatus(order.phoneNumbers, 'AVAILABLE');
    if (state === 'CREATED') return;
    this.#call(order, state);
    if (state === 'BLOCKED') this.#reviewers.waitForCustomer(order);
    if (state === 'COMPLETED') this.activeNumbers.activate(order);
  }

  /** Has the order say that it is in a state of the caller's own; what it really is in does not change. */
  show(order: Order, state: string): void {
    order.shownState = state;
    this.#call(order, state);
  }

  #call({ callbackUrl, idNumberOrder }: Order, status: string): void {
    this.callbacks.send(callbackUrl, {
      resourceType: 'NUMBER_ORDER',
      resourceId: idNumberOrder,
      eventType: 'NUMBER_ORDER_PROCESSING',
      status,
    });
  }

  /** A blocked order, or one that was asked about, goes back to the reviewers by itself once it is whole again. */
  #reviewAgain(order: Order): void {
    if ((order.state === 'BLOCKED' || order.asked) && this.#missing(order).length === 0) this.#reviewers.review(order);
  }

  #missing(order: Order): FieldViolation[] {
    const requirements = this.#requirementsOf(order);
    const missing: FieldViolation[] = [];
    if (asksForRegistration(requirements) && !order.requestDetails) {
      missing.push({ field: 'registration', description: 'is required before the order is submitted' });
    }
    for (const { id, mandatory } of attachmentsOf(requirements)) {
      if (mandatory && order.attachments.get(id)?.uploadStatus !== 'COMPLETED') {
        missing.push({ field: `attachments.${id}`, description: 'is mandatory and its upload is not COMPLETED' });
      }
    }
    return missing;
  }

  #mustTakeCorrections(order: Order): void {
    const allowed =
      order.state === 'CREATED' ||
      (order.state === 'BLOCKED' && this.settings.correctWhenBlocked) ||
      (order.state === 'IN_REVIEW' && (this.settings.correctInReview || order.asked));
    if (!allowed) throw wrongState(order);
  }

  #requirementsOf(order: Order): ReturnType<RequirementsBook['get']> {
    return this.requirements.get(order.regionCode, order.numberType);
  }
}

function wrongState({ state }: Order): ApiError {
  return invalidArgument({ field: 'idNumberOrder', description: `not possible while the order is ${state}` });
}

function checkKind(required: RequiredAttachment, { mimeType, documentType }: UploadedFile): FieldViolation[] {
  const { allowedMimeTypes, allowedDocumentTypes } = required;
  const violations: FieldViolation[] = [];
  if (allowedMimeTypes.length > 0 && !allowedMimeTypes.includes(mimeType)) {
    violations.push({ field: 'file', description: `must be one of ${allowedMimeTypes.join(', ')}` });
  }
  if (allowedDocumentTypes.length > 0 && !allowedDocumentTypes.includes(documentType ?? '')) {
    violations.push({ field: 'documentType', description: `must be one of ${allowedDocumentTypes.join(', ')}` });
  }
  return violations;
}
