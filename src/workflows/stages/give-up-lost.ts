import type { Stage } from '@number-orders/contract';
import { closeReservation, type Order } from '../order/order';

/** Gives up an order that Sinch has lost. If it was submitted, it may have been bought. */
export function giveUpLost(order: Order): void {
  if (!order.reservation) return;
  if (order.reservation.submitted) order.lostAfterSubmit = true;
  closeReservation(order, 'POSSIBLY_ORPHANED');
}

export function endUnconfirmed(order: Order, stage: Stage): Stage {
  giveUpLost(order);
  if (order.unconfirmed.some(({ earlier }) => earlier)) order.lostAfterSubmit = true;
  return stage;
}
