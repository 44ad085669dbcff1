import type { AdoptOrder, Stage } from '@number-orders/contract';
import type { FoundOrder } from '../../activities';
import { shortReads } from '../calls/activities';
import { callFailureOf } from '../calls/call-failure';
import { addNotice, type Order, type UnconfirmedCreation } from '../order/order';
import { sendAllAgain } from '../reservation/next-attempt';
import { leave, startReservation } from '../reservation/reservation';
import { creationBehind } from '../order/unconfirmed-records';
import { giveUpLost } from '../stages/give-up-lost';
import { isConfirmed } from '../stages/unconfirmed';
import { refuseUpdate } from './updates';

/** An operator names the Sinch order that a creation led to. Refused unless it can be ours. Returns the next stage. */
export async function adopt(order: Order, { idNumberOrder, author, reason }: AdoptOrder): Promise<Stage> {
  const refuse = (why: string) => refuseUpdate(`idNumberOrder is not adopted: ${why}`);
  const found = await findToAdopt(order, idNumberOrder);
  if (typeof found === 'string') return refuse(found);
  const creation = adoptable(order, found);
  if (typeof creation === 'string') return refuse(creation);

  giveUpLost(order);
  sendAllAgain(order);
  // By naming an order the operator says what an earlier run has left.
  const isAnswered = ({ earlier, sinchOrderId }: UnconfirmedCreation) => earlier && sinchOrderId === undefined;
  order.unconfirmed = order.unconfirmed.filter((each) => each !== creation && !isAnswered(each));
  addNotice(order, `${author} adopted ${idNumberOrder}: ${reason}`);
  return leave(order, startReservation(order, found.order, creation.phoneNumbers));
}

async function findToAdopt({ request }: Order, idNumberOrder: string): Promise<FoundOrder | string> {
  try {
    const summary = `Can ${idNumberOrder} be ours?`;
    return await shortReads.findNumberOrder.executeWithOptions({ summary }, [idNumberOrder, request.reference]);
  } catch (error) {
    const { type } = callFailureOf(error);
    return type === 'SinchNotFound' ? 'Sinch knows no such order' : 'Sinch did not answer; try again later';
  }
}

/** The creation that led to it, or the reason why it cannot be ours. */
function adoptable(order: Order, { order: seen, heldBy }: FoundOrder): UnconfirmedCreation | string {
  if (heldBy !== undefined) return `it is the order of ${heldBy}`;
  if (order.stage !== 'UNCONFIRMED' || isConfirmed(order)) return 'the order is no longer UNCONFIRMED';
  if (seen.state === 'REJECTED' || seen.state === 'EXPIRED') return `it is ${seen.state}`;
  return creationBehind(order, seen);
}
