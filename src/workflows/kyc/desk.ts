import { until } from '../calls/until';
import { checkAttachmentId } from '../../requirements/check-attachment';
import { registrationRequired } from '../../requirements/required';
import {
  describeViolations,
  keptReason,
  LIMITS,
  withTitles,
  type Attachment,
  type KycAnswer,
  type Registration,
} from '@number-orders/contract';
import { weighHistory } from '../order/history-size';
import { cancelWhen } from '../calls/cancel-when';
import { kycGate } from './gate';
import { copyProfile, describeCopied, wantsProfile } from './profile';
import { sendAttachment, sendRegistration } from './sending';
import { countKycRefusal } from '../display/metrics';
import {
  addNotice,
  registrationPiece,
  showViolations,
  type AttachmentPiece,
  type Order,
  type RegistrationPiece,
} from '../order/order';
import { inWords } from '../order/outstanding';
import { WaitingCallers } from '../calls/waiting-callers';

/** The profile's entry in the set of pieces that the desk is busy with. */
const PROFILE = 'profile';

const ANSWER_WITHIN = '10 seconds';

const refused = (reason: string): KycAnswer => ({ status: 'REFUSED', reason, violations: [] });

function isSameDocument(earlier: AttachmentPiece, { sha256, documentType }: Attachment): boolean {
  const isWithUs = earlier.status === 'RECEIVED' || earlier.status === 'UPLOADED' || earlier.status === 'COMPLETED';
  return isWithUs && earlier.sha256 === sha256 && earlier.documentType === documentType;
}

function awaitsReviewersAnswer({ stage, correction, reservation }: Order): boolean {
  return stage === 'ACTION_REQUIRED' || correction !== undefined || reservation?.reviewersWait !== undefined;
}

/**
 * Accepts KYC at any time, and sends it to Sinch as soon as there is a reservation. Each piece (the registration, and each
 * attachment id) is sent by one loop at a time, so that a replaced piece never arrives after its replacement.
 */
export class KycDesk {
  private readonly busy = new Set<string>();
  private closed = false;
  private noMoreCopies = false;
  readonly callers = new WaitingCallers();

  constructor(private readonly order: Order) {}

  /** Accepts a registration. Returns the reason if it does not. */
  receiveRegistration(registration: Registration): RegistrationPiece | string {
    const gate = kycGate(this.order);
    if (gate.verdict === 'refuse') return this.turnAway('registration', gate.reason);
    const piece = registrationPiece(registration);
    this.order.registration = piece;
    this.received();
    return piece;
  }

  /** Accepts a document. Returns the reason if it does not. A refused document leaves an earlier, good one in place. */
  receiveAttachment(attachment: Attachment): AttachmentPiece | string {
    const { order } = this;
    const { attachmentId } = attachment;
    order.filesStaged = true;
    const gate = kycGate(order);
    const reason = gate.verdict === 'refuse' ? gate.reason : this.whatIsWrongWith(attachment);
    const earlier = order.attachments[attachmentId];
    if (reason) {
      if (gate.verdict !== 'refuse' && (!earlier || earlier.status === 'FAILED') && this.hasRoomFor(attachmentId)) {
        this.keep({ ...attachment, status: 'REFUSED', reason });
      }
      return this.turnAway('attachment', reason, `attachment ${inWords(order, attachmentId)}`);
    }
    // A retry sends the same bytes. Reviewers who wait may want them again.
    if (earlier && isSameDocument(earlier, attachment) && !awaitsReviewersAnswer(order)) return earlier;
    const taken = earlier?.status === 'COMPLETED' ? earlier : earlier?.earlier;
    const piece: AttachmentPiece = { ...attachment, status: 'RECEIVED', ...(taken && { earlier: taken }) };
    this.keep(piece);
    this.received();
    return piece;
  }

  /** The answer to the sender of a registration: Sinch's, if it arrives soon. */
  async answerForRegistration(piece: RegistrationPiece | string): Promise<KycAnswer> {
    if (typeof piece === 'string') return refused(piece);
    const replaced = () => this.order.registration !== piece;
    return this.answer(replaced, () => {
      if (piece.status === 'RECEIVED') return undefined;
      if (piece.status === 'SENT') return { status: 'ACCEPTED', violations: [] };
      const reason =
        piece.status === 'REFUSED'
          ? 'Sinch refused the registration'
          : 'the registration cannot be sent to the reservation as it stands';
      return { status: 'REFUSED', reason, violations: withTitles(this.order.requirements, this.order.violations) };
    });
  }

  /** The answer to the sender of a document: accepted once uploaded. */
  async answerForAttachment(piece: AttachmentPiece | string): Promise<KycAnswer> {
    if (typeof piece === 'string') return refused(piece);
    const replaced = () => this.order.attachments[piece.attachmentId] !== piece;
    return this.answer(replaced, () => {
      if (piece.status === 'UPLOADED' || piece.status === 'COMPLETED') return { status: 'ACCEPTED', violations: [] };
      return piece.status === 'RECEIVED' ? undefined : refused(piece.reason ?? 'Sinch refused the document');
    });
  }

  /** Sends all KYC that has not been sent to the current reservation. Safe to call at any time. */
  sendWhatWaits(): void {
    if (wantsProfile(this.order)) void this.takeProfile();
    if (kycGate(this.order).verdict !== 'send') return;
    void this.keepSending('registration', () => this.order.registration, sendRegistration);
    for (const id of Object.keys(this.order.attachments)) {
      void this.keepSending(`attachment ${id}`, () => this.order.attachments[id], sendAttachment);
    }
  }

  /**
   * Called before another run takes over: nothing may be in flight to Sinch then, or it could arrive after what that run sends.
   * The new run sends again what is interrupted here.
   */
  async stopSending(): Promise<void> {
    this.closed = true;
    await until(() => this.busy.size === 0);
  }

  /** Whether documents of a profile may be in flight to the order's place in the store. */
  isCopying(): boolean {
    return this.busy.has(PROFILE);
  }

  /** Called before staged documents are deleted: none may be copied afterwards. */
  async stopCopying(): Promise<void> {
    this.noMoreCopies = true;
    await until(() => !this.isCopying());
  }

  /** Stops using the KYC received so far, and keeps none of it. */
  forget(): void {
    delete this.order.registration;
    this.order.attachments = {};
    showViolations(this.order, []);
    this.order.reviewLog = [];
  }

  private received(): void {
    const { correction } = this.order;
    if (correction) correction.lastPieceAt = Date.now();
    this.sendWhatWaits();
  }

  /** Sinch has it, and may now accept the submission that it refused before. */
  private taken(): void {
    const { reservation } = this.order;
    if (!reservation) return;
    reservation.heldBack = false;
    if (!reservation.reviewersWait) return;
    reservation.lookSoon = true;
    // While blocked it is unknown whether this was all that they ask for. In review they may be satisfied, and say nothing.
    const isBlocked = this.order.stage === 'ACTION_REQUIRED';
    reservation.reviewersWait = { ...(isBlocked && { since: Date.now() }), remindersSent: 0 };
  }

  private turnAway(kind: 'registration' | 'attachment', reason: string, what: string = kind): string {
    countKycRefusal(this.order, kind, 'NotTaken');
    addNotice(this.order, `${what} refused: ${reason}`);
    return reason;
  }

  /** Refused documents make room, so that unwanted ones cannot keep out those that are needed. */
  private hasRoomFor(attachmentId: string): boolean {
    const { attachments } = this.order;
    const taken = Object.values(attachments).filter(({ status }) => status !== 'REFUSED');
    return Object.hasOwn(attachments, attachmentId) || taken.length < LIMITS.attachments;
  }

  private keep(piece: AttachmentPiece): void {
    const { attachmentId } = piece;
    const entries = Object.entries(this.order.attachments);
    const isFull = entries.length >= LIMITS.attachments && !Object.hasOwn(this.order.attachments, attachmentId);
    const [gone] = (isFull && entries.find(([, { status }]) => status === 'REFUSED')) || [];
    this.order.attachments = {
      ...Object.fromEntries(entries.filter(([id]) => id !== gone)),
      [attachmentId]: piece,
    };
  }

  private whatIsWrongWith(attachment: Attachment): string | undefined {
    const { requirements } = this.order;
    if (!this.hasRoomFor(attachment.attachmentId)) return `an order takes at most ${LIMITS.attachments} attachments`;
    // Before the lookup there is nothing to check against. It is checked when it is sent.
    if (requirements === undefined) return undefined;
    return keptReason(describeViolations(checkAttachmentId(requirements, attachment.attachmentId))) || undefined;
  }

  /** Applies the KYC profile that the request names. KYC that a sender sends takes precedence. */
  private async takeProfile(): Promise<void> {
    const { order } = this;
    if (this.isCopying() || this.noMoreCopies || this.closed) return;
    this.busy.add(PROFILE);
    const copied = await cancelWhen(
      () => this.closed || this.noMoreCopies || !wantsProfile(order),
      () => copyProfile(order),
    );
    this.busy.delete(PROFILE);
    if (!copied || !wantsProfile(order)) return;
    order.profileTaken = true;
    addNotice(order, describeCopied(order.request.kycProfile ?? '', copied));
    if (copied.verdict !== 'COPIED') return;
    if (copied.registration && !order.registration && registrationRequired(order.requirements ?? null))
      this.receiveRegistration(copied.registration);
    for (const attachment of copied.attachments) {
      if (!order.attachments[attachment.attachmentId]) this.receiveAttachment(attachment);
    }
    weighHistory(order);
  }

  private async keepSending<P extends RegistrationPiece | AttachmentPiece>(
    key: string,
    current: () => P | undefined,
    send: (order: Order, piece: P, stopped: () => boolean) => Promise<void>,
  ): Promise<void> {
    if (this.busy.has(key)) return;
    this.busy.add(key);
    const unsent = (piece: P | undefined): piece is P => piece?.status === 'RECEIVED' || piece?.status === 'UPLOADED';
    const mayGo = () => !this.closed && !this.order.runFull && kycGate(this.order).verdict === 'send';
    for (let piece = current(); unsent(piece) && mayGo(); piece = current()) {
      await send(this.order, piece, () => this.closed);
      if (piece.status === 'SENT' || piece.status === 'COMPLETED') this.taken();
      weighHistory(this.order);
    }
    this.busy.delete(key);
  }

  private async answer(replaced: () => boolean, verdict: () => KycAnswer | undefined): Promise<KycAnswer> {
    const now = kycGate(this.order);
    if (now.verdict === 'keep') return { status: 'KEPT', reason: now.reason, violations: [] };
    const { attempt } = this.order;
    const placedAgain = () => this.order.attempt !== attempt;
    const endsUnanswered = () => this.closed || this.order.runFull || kycGate(this.order).verdict === 'refuse';
    const settled = () => replaced() || placedAgain() || verdict() !== undefined || endsUnanswered();
    await this.callers.until(settled, ANSWER_WITHIN, 'Until Sinch has answered the sender of KYC');
    const answered = verdict();
    if (answered) return answered;
    if (placedAgain()) return { status: 'KEPT', reason: 'it will be sent to the next reservation', violations: [] };
    if (replaced()) return { status: 'SUPERSEDED', reason: 'a later one replaced it', violations: [] };
    const gate = kycGate(this.order);
    if (gate.verdict === 'refuse') return refused(gate.reason);
    return { status: 'KEPT', reason: 'Sinch has not answered yet; sending is retried', violations: [] };
  }
}
