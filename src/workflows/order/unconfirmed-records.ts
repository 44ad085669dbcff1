import { workflowInfo } from '@temporalio/workflow';
import type { NumberOrder } from '../../activities';
import { USUAL_RESERVATION_MS, type Order, type UnconfirmedCreation } from './order';

/** Clocks differ, and a request may have waited before Sinch processed it. */
const CLOCK_TOLERANCE_MS = 10 * 60_000;

/** The creation that may have led to this Sinch order, or the reason why none can. */
export function creationBehind(
  order: Order,
  seen: NumberOrder,
  creations = order.unconfirmed,
): UnconfirmedCreation | string {
  const known = [order.reservation, ...order.reservations].some((each) => each?.sinchOrderId === seen.idNumberOrder);
  if (known) return 'it is known as ours already';
  const { regionCode, numberType, selection } = order.request;
  if (seen.regionCode !== regionCode) return `its region is ${seen.regionCode ?? 'not told'}, not ${regionCode}`;
  if (seen.numberType !== numberType) return `its number type is ${seen.numberType ?? 'not told'}, not ${numberType}`;
  const numbers = seen.orderNumbers.map(({ phoneNumber }) => phoneNumber);
  const quantity = 'quantity' in selection ? (selection.quantity.requestedQuantity ?? 1) : 1;
  const sameNumbers = ({ phoneNumbers }: UnconfirmedCreation) =>
    phoneNumbers.length > 0 ? phoneNumbers.join() === numbers.join() : numbers.length === quantity;
  // A creation that led to another Sinch order did not lead to this one.
  const ledHere = creations.filter(({ sinchOrderId }) => sinchOrderId === seen.idNumberOrder);
  const untraced = creations.filter(({ sinchOrderId }) => sinchOrderId === undefined);
  const candidates = (ledHere.length > 0 ? ledHere : untraced).filter(sameNumbers);
  if (candidates.length === 0) return 'its numbers are not those of an unconfirmed creation';
  const createdAt = Date.parse(seen.createTime ?? '');
  const fitting = candidates.find(
    ({ startedAt, failedAt }) =>
      createdAt >= startedAt - CLOCK_TOLERANCE_MS && createdAt <= failedAt + CLOCK_TOLERANCE_MS,
  );
  return fitting ?? 'its creation time is not that of ours';
}

/** No reservation lasts longer than 48 hours after its creation. Then its numbers are free again. */
export function lapsesBy(order: Order): number {
  const starts = order.unconfirmed.map(({ failedAt }) => failedAt);
  if (order.reservation) starts.push(order.reservation.lostAt ?? order.reservation.createdAt);
  return Math.max(...starts) + USUAL_RESERVATION_MS + CLOCK_TOLERANCE_MS;
}

/** What an earlier run of this order may have reserved, once or more often: the requested numbers, or unknown ones of a search. */
export function earlierCreation({ request }: Order): UnconfirmedCreation {
  const { selection } = request;
  const phoneNumbers = 'phoneNumber' in selection ? [selection.phoneNumber] : [];
  return { phoneNumbers, startedAt: workflowInfo().startTime.getTime(), failedAt: Date.now(), earlier: true };
}

/**
 * For a reset order that ends before it has asked Sinch: the run before the reset may have made a reservation that no history
 * knows. Only where another reservation could follow the known ones.
 */
export function recordDoubtedCreation(order: Order): void {
  const { doubts, reservation, reservations, request } = order;
  if (!doubts?.creation || reservation) return;
  doubts.creation = false;
  const isPlacedOnce = request.onExpiry !== 'renew' && request.onRejection !== 'correct';
  if (reservations.length > 0 && isPlacedOnce) return;
  order.unconfirmed.push(earlierCreation(order));
  order.lostAfterSubmit = true;
}

/** Reports the creations that stay unconfirmed: each may be a reservation that no one tracks. */
export function closeUnconfirmed(order: Order): void {
  for (const creation of order.unconfirmed) {
    const { phoneNumbers, sinchOrderId } = creation;
    order.reservations.push({
      ...(sinchOrderId !== undefined && { sinchOrderId }),
      phoneNumbers,
      state: 'POSSIBLY_ORPHANED',
      creation,
    });
  }
  order.unconfirmed = [];
}
