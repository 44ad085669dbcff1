import { checkAttachmentId } from '../../requirements/check-attachment';
import { describeViolations, keptReason, titled, type FailureType, type Violation } from '@number-orders/contract';
import type { UploadVerdict } from '../../activities';
import { sends, uploads, waits } from '../calls/activities';
import { callFailureOf, wordsOf, type CallFailure } from '../calls/call-failure';
import { inDoubt, isInDoubt, outOfDoubt } from './doubtful-sends';
import { takesKycNow } from './gate';
import { countKycRefusal, type KycRefusal } from '../display/metrics';
import {
  addNotice,
  currentReservation,
  showViolations,
  type AttachmentPiece,
  type Order,
  type RegistrationPiece,
} from '../order/order';
import { inWords } from '../order/outstanding';
import { registrationToSend, waitsForNumbers } from '../reservation/registration-to-send';
import { refreshReservation } from '../reservation/refresh';
import { observe } from '../reservation/reservation';
import { tellRequester } from '../notifications/requester';
import { cancelWhen } from '../calls/cancel-when';

/** Whether a piece should no longer be sent to its reservation. */
function outdated(order: Order, isCurrent: () => boolean): () => boolean {
  return () => !isCurrent() || !takesKycNow(order);
}

/** Any refusal by Sinch may mean that the order itself is over: ask before blaming the sender. */
async function orderStillTakesKyc(order: Order, { status }: CallFailure): Promise<boolean> {
  if (status !== undefined) await refreshReservation(order);
  return takesKycNow(order) && order.reservation?.lostAt === undefined;
}

/** It cannot go to Sinch as it stands. */
function holdBack(order: Order, piece: RegistrationPiece, violations: Violation[]): void {
  piece.status = 'NOT_SENT';
  showViolations(order, violations);
  countKycRefusal(order, 'registration', 'NotTaken');
  const [first] = violations;
  addNotice(order, `Registration not sent: ${describeViolations(first ? [first] : [])}; the order waits for another`);
  tellRequester(order, 'order.kyc_refused');
}

export async function sendRegistration(order: Order, piece: RegistrationPiece, stopped: () => boolean): Promise<void> {
  const reservation = currentReservation(order);
  const { sinchOrderId, phoneNumbers } = reservation;
  const isCurrent = () =>
    order.registration === piece &&
    order.reservation?.sinchOrderId === sinchOrderId &&
    order.reservation.phoneNumbers === phoneNumbers;
  const stop = outdated(order, () => !stopped() && isCurrent());
  try {
    if (waitsForNumbers(order, piece)) {
      const seen = await cancelWhen(stop, () =>
        waits.awaitNumbers.executeWithOptions({ summary: 'Until Sinch has named the numbers' }, [sinchOrderId]),
      );
      if (seen) observe(order, seen);
      return;
    }
    const { value: requestDetails, violations } = registrationToSend(order, piece);
    if (violations) {
      holdBack(order, piece, violations);
      return;
    }
    if (isInDoubt(reservation, 'registration') && !(await outOfDoubt(reservation, 'registration', stop))) return;
    const sent = await cancelWhen(stop, () =>
      sends.updateRegistration.executeWithOptions({ summary: 'Send the registration' }, [
        { idNumberOrder: sinchOrderId, requestDetails },
      ]),
    );
    if (sent !== 'SENT') inDoubt(order, reservation, 'registration');
    if (!sent || !isCurrent()) return;
    piece.status = 'SENT';
    showViolations(order, []);
  } catch (error) {
    const failure = callFailureOf(error);
    if (!(await orderStillTakesKyc(order, failure)) || !isCurrent()) return;
    piece.status = 'REFUSED';
    showViolations(order, wordsOf(failure, 'registration'));
    countKycRefusal(order, 'registration', failure.type);
    addNotice(order, `Registration refused (${failure.type}); the order waits for a corrected one`);
    tellRequester(order, 'order.kyc_refused');
  }
}

const REASONS: Partial<Record<FailureType, string>> = {
  SinchTooLarge: 'Sinch refused the document as too large',
  AttachmentUnreadable: 'the document in the attachment store is missing, or differs from the one announced',
  SinchNotFound: 'Sinch does not know this attachment id',
};

function refuse(order: Order, piece: AttachmentPiece, kind: KycRefusal, reason: string): void {
  const status = kind === 'UploadFailed' ? 'FAILED' : 'REFUSED';
  piece.status = status;
  piece.reason = keptReason(reason);
  countKycRefusal(order, 'attachment', kind);
  const kept = status === 'REFUSED' ? piece.earlier : undefined;
  if (kept) order.attachments[piece.attachmentId] = kept;
  const next = kept ? 'the one that Sinch accepted before stays' : 'the order waits for another';
  addNotice(order, `attachment ${inWords(order, piece.attachmentId)} ${status.toLowerCase()}; ${next}`);
  tellRequester(order, 'order.kyc_refused');
}

/** Sinch has checked the document. */
function settle(order: Order, piece: AttachmentPiece, verdict: UploadVerdict): void {
  if (verdict === 'COMPLETED') {
    piece.status = 'COMPLETED';
    delete piece.earlier;
  } else refuse(order, piece, 'UploadFailed', 'Sinch could not process the document; send it again');
}

export async function sendAttachment(order: Order, piece: AttachmentPiece, stopped: () => boolean): Promise<void> {
  const { attachmentId } = piece;
  const { title } = titled(order.requirements, attachmentId);
  const key = `attachment ${attachmentId}`;
  const reservation = currentReservation(order);
  const idNumberOrder = reservation.sinchOrderId;
  const isCurrent = () =>
    order.attachments[attachmentId] === piece && order.reservation?.sinchOrderId === idNumberOrder;
  const stop = outdated(order, () => !stopped() && isCurrent());
  try {
    if (piece.status === 'RECEIVED') {
      const wrong = describeViolations(checkAttachmentId(order.requirements ?? null, attachmentId));
      if (wrong) {
        refuse(order, piece, 'NotTaken', wrong);
        return;
      }
      if (isInDoubt(reservation, key) && !(await outOfDoubt(reservation, key, stop))) return;
      const { status: _status, reason: _reason, earlier: _earlier, ...attachment } = piece;
      const status = await cancelWhen(stop, () =>
        uploads.uploadAttachment.executeWithOptions({ summary: `Upload ${title}` }, [{ idNumberOrder, attachment }]),
      );
      if (!status) inDoubt(order, reservation, key);
      if (!status || !isCurrent()) return;
      if (status !== 'WAITING') {
        settle(order, piece, status);
        return;
      }
      piece.status = 'UPLOADED';
    }
    const verdict = await cancelWhen(stop, () =>
      waits.awaitUpload.executeWithOptions({ summary: `Until Sinch has checked ${title}` }, [
        { idNumberOrder, attachmentId },
      ]),
    );
    if (verdict && isCurrent()) settle(order, piece, verdict);
  } catch (error) {
    const failure = callFailureOf(error);
    if (!(await orderStillTakesKyc(order, failure)) || !isCurrent()) return;
    const fields = describeViolations(failure.violations);
    const otherwise = REASONS[failure.type] ?? failure.said ?? `the document was refused (${failure.type})`;
    refuse(order, piece, failure.type, fields || otherwise);
  }
}
