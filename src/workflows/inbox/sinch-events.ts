import type { SinchEvent } from '@number-orders/contract';
import { addNotice, type Order } from '../order/order';
import { refreshReservation } from '../reservation/refresh';
import { followTrace } from '../reservation/traces';

/** Enough to recognise repeated deliveries: they are at least once. */
const EVENTS_REMEMBERED = 100;
/** Sinch orders to look at later. There is one for each creation that was lost. */
const TRACES_KEPT = 10;

/** An event without an id never counts as a repetition. */
function isRepetition(order: Order, { eventId }: SinchEvent): boolean {
  if (eventId === undefined) return false;
  if (order.seenEvents.includes(eventId)) return true;
  order.seenEvents = [...order.seenEvents, eventId].slice(-EVENTS_REMEMBERED);
  return false;
}

/**
 * A hint to ask Sinch now. Only the callback's body is signed: it may be old, or about another order, so its content is not
 * trusted. An event that names nothing else is taken as one about this order, as its URL says so: Sinch may add kinds and states.
 */
export async function takeSinchEvent(order: Order, event: SinchEvent): Promise<void> {
  if (isRepetition(order, event)) return;
  const { resourceType, resourceId } = event;
  if (resourceType === 'NUMBER_ORDER' && resourceId !== undefined) await lookAt(order, resourceId);
  else if (resourceType === 'ACTIVE_NUMBER' && resourceId !== undefined && !isOurs(order, resourceId))
    addNotice(order, 'A callback names an ACTIVE_NUMBER of another order: noted, not adopted');
  else await refreshReservation(order);
}

/** Until Sinch has named the numbers, they can be any. */
function isOurs({ reservation }: Order, phoneNumber: string): boolean {
  const ours = reservation?.phoneNumbers ?? [];
  const digits = phoneNumber.replace(/\D/g, '');
  return (reservation && ours.length === 0) || ours.some((each) => each.slice(1) === digits);
}

async function lookAt(order: Order, sinchOrderId: string): Promise<void> {
  if (order.reservation?.sinchOrderId === sinchOrderId) await refreshReservation(order);
  // It may be the order that is being created at this moment.
  else if (order.stage === 'RESERVING')
    order.traces = [...new Set([...order.traces, sinchOrderId])].slice(-TRACES_KEPT);
  else await followTrace(order, sinchOrderId);
}

/** Handles the callbacks that arrived while a reservation was being made. */
export async function lookAtTraces(order: Order): Promise<void> {
  const { traces } = order;
  if (order.stage === 'RESERVING') return;
  order.traces = [];
  await Promise.all(traces.map((sinchOrderId) => lookAt(order, sinchOrderId)));
}
