import { bytesOf, parseDuration, type Stage, ORDER_BYTES } from '@number-orders/contract';
import { addNotice, option, type AttachmentPiece, type Order, type RegistrationPiece } from '../order/order';
import { tellRequester } from '../notifications/requester';
import { closeUnconfirmed } from '../order/unconfirmed-records';

/** Whether, and how, an order that has ended at Sinch is placed again, as a new Sinch order. */

/** The result lists every reservation, so their number is limited. */
const RESERVATIONS_BYTES = ORDER_BYTES.reservations - 16 * 1024;

const mayBePlacedAgain = (order: Order) => !order.cancel && bytesOf(order.reservations) < RESERVATIONS_BYTES;

export function mayRenew(order: Order): boolean {
  return (
    mayBePlacedAgain(order) &&
    !order.lostAfterSubmit &&
    option(order, 'onExpiry') === 'renew' &&
    order.renewals < option(order, 'maxRenewals')
  );
}

function mayCorrect(order: Order): boolean {
  return (
    mayBePlacedAgain(order) &&
    option(order, 'onRejection') === 'correct' &&
    order.corrections < option(order, 'maxCorrections')
  );
}

/**
 * Drops what Sinch refused, as it would refuse it again. Makes copies, by which callers of the last attempt see that theirs is
 * over.
 */
function toSendAgain<P extends RegistrationPiece | AttachmentPiece>(piece: P): P {
  const refused = piece.status === 'REFUSED' || piece.status === 'FAILED';
  return refused ? { ...piece } : { ...piece, status: 'RECEIVED' };
}

/** A document that was accepted is sent again, rather than a refused replacement. */
function documentToSendAgain({ earlier, ...piece }: AttachmentPiece): AttachmentPiece {
  const again = toSendAgain<AttachmentPiece>(piece);
  return again.status === 'RECEIVED' || !earlier ? again : toSendAgain(earlier);
}

/** KYC that was sent to one Sinch order has not been sent to the next. */
export function sendAllAgain(order: Order): void {
  if (order.registration) order.registration = toSendAgain(order.registration);
  order.attachments = Object.fromEntries(
    Object.entries(order.attachments).map(([id, piece]) => [id, documentToSendAgain(piece)]),
  );
}

/** Reserves again. The KYC collected so far is sent to the new reservation once it exists. */
export function placeAgain(order: Order, why: string): Stage {
  closeUnconfirmed(order);
  order.attempt++;
  addNotice(order, `${why}: attempt ${order.attempt}`);
  sendAllAgain(order);
  return 'RESERVING';
}

/** The next stage after an order has ended at Sinch, as the request says. */
export function whatFollows(order: Order, ending: Stage): Stage {
  if (order.cancel && (ending === 'EXPIRED' || ending === 'REJECTED')) return 'CANCELLED';
  const isHeldStill = order.reservations.at(-1)?.state === 'LAPSING';
  if (ending === 'EXPIRED' && mayRenew(order) && !isHeldStill) {
    order.renewals++;
    return placeAgain(order, 'The reservation lapsed, reserving again');
  }
  if (ending === 'REJECTED' && !order.correction && mayCorrect(order)) {
    const from = Date.now();
    const until = from + (parseDuration(option(order, 'correctionWindow')) ?? 0);
    order.correction = { from, until, remindersSent: 0 };
    // An order that was blocked stays in its stage, but the requester must now do something else.
    if (order.stage === 'ACTION_REQUIRED') tellRequester(order, 'order.action_required');
    return 'ACTION_REQUIRED';
  }
  return ending;
}
