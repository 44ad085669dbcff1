import type { FoundOrder, NumberOrder } from '../../activities';
import { shortReads } from '../calls/activities';
import { callFailureOf } from '../calls/call-failure';
import { addNotice, type Order, type PastReservation, type UnconfirmedCreation, sinchStateOf } from '../order/order';
import { adoptCommand, releaseCommand } from '../display/next-steps';
import { creationBehind } from '../order/unconfirmed-records';

/** What an unknown Sinch order can be: an unconfirmed creation, or a past reservation whose end is unknown. */
type Doubt = UnconfirmedCreation | PastReservation;

/** A past reservation whose end is unknown. */
const isOpen = ({ state }: PastReservation): boolean => state === 'POSSIBLY_ORPHANED' || state === 'LAPSING';

/** Traces of an earlier run are kept while there are fewer doubts and reservations than this: an order's size is limited. */
const MOST_KNOWN = 100;

/**
 * A lost order leaves a trace: Sinch calls back at this order's own URL, and names an order that we do not know. It is read
 * first, as only the body was signed, and counts only if everything agrees. If it has ended, it is LAPSED. Otherwise an operator
 * may adopt it: this order may have continued with another number.
 */
export async function followTrace(order: Order, sinchOrderId: string): Promise<void> {
  const foreign = (why: string) =>
    addNotice(order, `A callback names the Sinch order ${sinchOrderId}: noted, not adopted${why}`);
  const open = order.reservations.filter(isOpen);
  if (order.unconfirmed.length === 0 && open.length === 0) {
    addNotice(order, 'A callback names a NUMBER_ORDER of another order: noted, not adopted');
    return;
  }
  let found: FoundOrder;
  try {
    const summary = 'Is the order in a callback the one that was lost?';
    found = await shortReads.findNumberOrder.executeWithOptions({ summary }, [sinchOrderId, order.request.reference]);
  } catch (error) {
    foreign(`, because it could not be read (${callFailureOf(error).type})`);
    return;
  }
  const { order: seen } = found;
  const behind = doubtBehind(order, found);
  if (typeof behind === 'string') foreign(`: ${behind}`);
  else if (seen.state === 'EXPIRED' || seen.state === 'REJECTED') recordLapse(order, behind, sinchOrderId);
  else offer(order, behind, seen);
}

/** The one that led to it, or the reason why none did. */
function doubtBehind(order: Order, { order: seen, heldBy }: FoundOrder): Doubt | string {
  if (heldBy !== undefined) return `it is the order of ${heldBy}`;
  const open = order.reservations.filter(isOpen);
  const known = open.find(({ sinchOrderId }) => sinchOrderId === seen.idNumberOrder);
  if (known) return known;
  const untraced = open.filter(({ sinchOrderId }) => sinchOrderId === undefined);
  const creations = untraced.flatMap(({ creation }) => creation ?? []);
  const creation = creationBehind(order, seen, [...order.unconfirmed, ...creations]);
  const behind = untraced.find((past) => past.creation !== undefined && past.creation === creation) ?? creation;
  return typeof behind === 'string' ? behind : ofThisOrder(order, behind);
}

/** What an earlier run has made can be several Sinch orders: each has a doubt of its own, and the end of one is not that of all. */
function ofThisOrder(order: Order, behind: Doubt): Doubt | string {
  const creation = 'state' in behind ? behind.creation : behind;
  if (!creation?.earlier || behind.sinchOrderId !== undefined) return behind;
  if (order.unconfirmed.length + order.reservations.length >= MOST_KNOWN) return 'too many are known already';
  const own = { ...behind };
  if ('state' in own) order.reservations.push(own);
  else order.unconfirmed.push(own);
  return own;
}

function recordLapse(order: Order, behind: Doubt, sinchOrderId: string): void {
  addNotice(order, `The Sinch order ${sinchOrderId}, from an unconfirmed creation, has lapsed`);
  if ('state' in behind) {
    Object.assign(behind, { state: 'LAPSED', sinchOrderId } satisfies Partial<PastReservation>);
    return;
  }
  order.unconfirmed = order.unconfirmed.filter((creation) => creation !== behind);
  const { phoneNumbers } = behind;
  order.reservations.push({ sinchOrderId, phoneNumbers, state: 'LAPSED', creation: behind });
}

function offer(order: Order, behind: Doubt, seen: NumberOrder): void {
  const { idNumberOrder, state, orderNumbers } = seen;
  behind.sinchOrderId = idNumberOrder;
  const stands = `An unconfirmed creation led to the Sinch order ${idNumberOrder}, which is ${sinchStateOf(seen)}`;
  const numbers = orderNumbers.map(({ phoneNumber }) => phoneNumber);
  if (order.stage === 'UNCONFIRMED' && !('state' in behind))
    addNotice(order, `${stands}. To continue with it: ${adoptCommand(order, idNumberOrder)}`);
  else if (state === 'COMPLETED') addNotice(order, `${stands}. To give it back: ${releaseCommand(order, numbers)}`);
  else addNotice(order, `${stands}. It lapses by itself unless it is submitted`);
}
