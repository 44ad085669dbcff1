import type { SinchEvent } from '../contract';
import { callFailureOf } from './failures';
import { addNotice, type Order } from './order';
import { lookAgain } from './reread';
import { proveLapse } from './unconfirmed';

/** Enough to meet the repetitions of a delivery that is at least once. */
const EVENTS_REMEMBERED = 100;

/** Not while another creation is under way: nobody can say yet which of the two led to the order. */
const mayProveLapse = ({ unconfirmed, stage }: Order, { resourceType, status }: SinchEvent): boolean =>
  unconfirmed.length > 0 && stage !== 'RESERVING' && resourceType === 'NUMBER_ORDER' && status === 'EXPIRED';

function concernsUs({ reservation }: Order, { resourceType, resourceId }: SinchEvent): boolean {
  if (!reservation) return false;
  return resourceType === 'NUMBER_ORDER'
    ? resourceId === reservation.sinchOrderId
    : reservation.phoneNumbers.includes(resourceId);
}

/** A hint to ask Sinch now. Only the callback's body is signed: it may be old, or another order's, so nothing is believed. */
export async function takeSinchEvent(order: Order, event: SinchEvent): Promise<void> {
  if (order.seenEvents.includes(event.eventId)) return;
  order.seenEvents = [...order.seenEvents, event.eventId].slice(-EVENTS_REMEMBERED);
  if (concernsUs(order, event)) {
    await lookAgain(order);
    return;
  }
  if (mayProveLapse(order, event)) {
    try {
      await proveLapse(order, event);
      return;
    } catch (error) {
      callFailureOf(error);
    }
  }
  addNotice(order, `A callback names another ${event.resourceType}: noted, not adopted`);
}
