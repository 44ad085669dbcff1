import { until } from '../calls/until';
import { currentReservation, type Order } from '../order/order';
import { policyOf } from '../order/policy';

/*
 * Sinch may process a request long after it was given up, or a worker that stood still may send it then. A piece of KYC that
 * takes the place of another would be overwritten by it, so it waits until Sinch must have processed the other.
 */

/** A request with this piece got no answer: until the settle time is over, no other is sent in its place. */
export function inDoubt(order: Order, key: string): void {
  const reservation = currentReservation(order);
  reservation.sendsInDoubt = { ...reservation.sendsInDoubt, [key]: Date.now() + policyOf(order).settleMs };
}

const leftMs = (order: Order, key: string): number => (currentReservation(order).sendsInDoubt?.[key] ?? 0) - Date.now();

/** Whether something that was sent under this key may still arrive. */
export function isInDoubt(order: Order, key: string): boolean {
  return leftMs(order, key) > 0;
}

/** Waits until it is no longer in doubt. Returns false if `stop` came true before. */
export async function outOfDoubt(order: Order, key: string, stop: () => boolean): Promise<boolean> {
  const summary = 'Until Sinch must have processed the KYC that is replaced';
  return !(await until(stop, leftMs(order, key), { summary }));
}
