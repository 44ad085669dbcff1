import type { Attachment, KycAnswer } from '@number-orders/contract';
import { OrderEndedError, OrderNotFoundError, OrderRefusedError } from '../../client/errors';
import { checkRegistration } from '../../requirements/check-registration';
import { signReceipt, verifyReceipt } from '../links/receipt';
import type { FoundOrder } from '../order/order-desk';
import { faultsOf, pageOfOrder, type OrderPart } from '../order/page-of-order';
import { stageDocument, type Staged } from '../order/stage-document';
import { changeEntries } from '../page/change-entries';
import type { RegistrationData } from '../page/data';
import { documentInputs } from '../page/document';
import { SEND, SEND_ANYWAY } from '../page/form';
import type { Details, DocumentAsked } from '../page/model';
import { readPosted, withoutEmptyEntries, type Posted } from '../page/read-posted';
import type { Said } from '../page/words';
import type { Intake } from './intake';
import { readPostedParts, type PostedFile } from './posted-parts';

/** How long a stored file can be sent again by its receipt: as long as its page is likely to stay open. */
const RECEIPT_MS = 24 * 3_600_000;
/** The limit for all files in one form. The page sends one, or a few. */
const FILES_AT_ONCE = 5;

interface Taken {
  part: OrderPart;
  status: 200 | 422 | 503;
  /** The order has its outcome, or is another attempt: its link is invalid now. */
  ended: boolean;
}

/**
 * Handles a posted form: every chosen file, whichever button was pressed, and the details if the button sends them. The resulting
 * page has the input of this request, and the outcome of each part.
 */
export async function takePosted(intake: Intake, order: FoundOrder, request: Request): Promise<Taken> {
  const { store, quotas, maxDocumentBytes } = intake;
  const { reference } = order;
  const spend = (bytes: number) => quotas.mayKeep(reference, bytes);
  const { posted, files } = await readPostedParts(request, FILES_AT_ONCE * maxDocumentBytes, (content) =>
    stageDocument(store, reference, content, { maxBytes: maxDocumentBytes, spend }),
  );
  const desk = new SentToOrder(intake, order);
  const documents = new Map<string, Partial<DocumentAsked>>();
  for (const asked of order.view.requirements?.attachments ?? []) {
    const sent = await desk.sendDocument(asked.id, posted, files);
    if (sent) documents.set(asked.id, sent);
  }
  const details = await desk.sendDetails(posted);
  if (desk.ended) return { part: pageOfOrder(order.view, { maxDocumentBytes }), status: 200, ended: true };

  // An order that could not be reached cannot be queried either.
  const after = desk.status === 503 ? order : await intake.desk.findOrRecall(reference);
  const part = pageOfOrder((after ?? order).view, { maxDocumentBytes, showDetails: details.open === true });
  return {
    part: {
      ...part,
      details: { ...part.details, ...details },
      documents: part.documents.map((document) => ({ ...document, ...documents.get(document.asked.id) })),
    },
    status: desk.status,
    ended: false,
  };
}

/** What one request sent to an order, and the outcome. */
class SentToOrder {
  ended = false;
  status: Taken['status'] = 200;

  constructor(
    private readonly intake: Intake,
    private readonly order: FoundOrder,
  ) {}

  /** Undefined: nothing was sent of this document. */
  async sendDocument(
    attachmentId: string,
    posted: Posted,
    files: readonly PostedFile<Staged>[],
  ): Promise<Partial<DocumentAsked> | undefined> {
    const documentType = posted.get(documentInputs.type(attachmentId))?.[0]?.trim() || undefined;
    const chosen = documentType === undefined ? {} : { documentType };
    const file = files.findLast(({ name }) => name === documentInputs.file(attachmentId));
    if (file && 'refused' in file.taken) {
      const { refused } = file.taken;
      if (refused === 'orderEnded') this.ended = true;
      else this.failed(422);
      return { ...chosen, ...(refused !== 'orderEnded' && { said: refused }) };
    }
    const attachment =
      file && 'stored' in file.taken
        ? { attachmentId, fileName: file.fileName, mimeType: file.mimeType, ...chosen, ...file.taken.stored }
        : await this.receiptIn(attachmentId, posted);
    if (!attachment) return documentType === undefined ? undefined : chosen;
    const { said, answer } = await this.tell(
      (order) => this.intake.desk.attach(order, attachment, 'page'),
      'sendAgain',
    );
    if (said !== 'sendAgain') {
      const reasons = answer?.status === 'REFUSED' ? reasonsIn(answer) : [];
      return { said, reasons, ...(said === 'refused' && { status: 'refused' as const, ...chosen }) };
    }
    const { keys } = this.intake;
    const receipt = await signReceipt(keys, this.order.reference, attachment, new Date(Date.now() + RECEIPT_MS));
    return { said, receipt, ...chosen };
  }

  async sendDetails(posted: Posted): Promise<Partial<Details>> {
    const { view } = this.order;
    const { form, details } = pageOfOrder(view, { maxDocumentBytes: this.intake.maxDocumentBytes });
    const button = posted.get('do')?.[0] ?? '';
    const filledIn = readPosted(form, posted);
    const changed = changeEntries(form, filledIn, button);
    // The posted page had no form for the details.
    const wasShown = details.open || [...posted.keys()].some((name) => /^\d+\.\d+\./.test(name));
    if (changed || (button !== SEND && button !== SEND_ANYWAY)) {
      return wasShown ? { open: true, values: changed ?? filledIn, faults: [] } : {};
    }
    return this.sendRegistration(withoutEmptyEntries(filledIn), button === SEND);
  }

  private async sendRegistration(values: RegistrationData, adviseFirst: boolean): Promise<Partial<Details>> {
    const { requirements } = this.order.view;
    const advice = adviseFirst && requirements ? checkRegistration(requirements, { data: values }) : [];
    if (advice.length > 0) {
      this.failed(422);
      return { open: true, values, said: 'notSent', faults: faultsOf(advice) };
    }
    const sent = await this.tell((order) => this.intake.desk.register(order, { data: values }, 'page'), 'tryAgain');
    const { said, answer } = sent;
    if (said === 'received' || said === 'kept' || said === 'superseded') return { open: false, said, faults: [] };
    const faults = faultsOf(answer?.violations ?? []);
    const reason = faults.length === 0 && answer?.reason !== undefined ? { reason: answer.reason } : {};
    return { open: true, values, said, faults, ...(said === 'refused' && { status: 'refused' as const }), ...reason };
  }

  private async receiptIn(attachmentId: string, posted: Posted): Promise<Attachment | undefined> {
    const [receipt] = posted.get(documentInputs.receipt(attachmentId)) ?? [];
    const { keys } = this.intake;
    const attachment = receipt && (await verifyReceipt(keys, this.order.reference, receipt));
    return attachment && attachment.attachmentId === attachmentId ? attachment : undefined;
  }

  private async tell(
    send: (order: FoundOrder) => Promise<KycAnswer>,
    unanswered: 'sendAgain' | 'tryAgain',
  ): Promise<{ said: Said; answer?: KycAnswer }> {
    if (!(await this.intake.quotas.mayTell(this.order.reference))) {
      this.failed(422);
      return { said: 'limit' };
    }
    try {
      const answer = await send(this.order);
      if (answer.status === 'REFUSED') this.failed(422);
      return { said: SAID[answer.status], answer };
    } catch (error) {
      if (error instanceof OrderEndedError || error instanceof OrderNotFoundError) this.ended = true;
      if (error instanceof OrderRefusedError) {
        this.failed(422);
        return { said: 'limit' };
      }
      this.failed(503);
      return { said: unanswered };
    }
  }

  private failed(status: 422 | 503): void {
    if (this.status !== 503) this.status = status;
  }
}

const SAID: Record<KycAnswer['status'], Said> = {
  ACCEPTED: 'received',
  KEPT: 'kept',
  REFUSED: 'refused',
  SUPERSEDED: 'superseded',
};

function reasonsIn({ reason, violations }: KycAnswer): string[] {
  if (violations.length > 0) return violations.map(({ description }) => description);
  return reason === undefined ? [] : [reason];
}
