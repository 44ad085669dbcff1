import { until } from '../calls/until';
import type { Order, Reservation } from '../order/order';
import { policyOf } from '../order/policy';

/*
 * Sinch may process a request long after it was given up, or a worker that stood still may send it then. A piece of KYC that
 * takes the place of another would be overwritten by it, so it waits until Sinch must have processed the other. Asked before it
 * waits: an `await` where there is nothing to wait for would change the order of commands.
 */

/** A request with this piece got no answer: until the settle time is over, no other is sent in its place. */
export function inDoubt(order: Order, reservation: Reservation, key: string): void {
  reservation.sendsInDoubt = { ...reservation.sendsInDoubt, [key]: Date.now() + policyOf(order).settleMs };
}

const leftMs = ({ sendsInDoubt }: Reservation, key: string): number => (sendsInDoubt?.[key] ?? 0) - Date.now();

/** Whether something that was sent under this key may still arrive. */
export function isInDoubt(reservation: Reservation, key: string): boolean {
  return leftMs(reservation, key) > 0;
}

/** Waits until it is no longer in doubt. Returns false if `stop` came true meanwhile. */
export async function outOfDoubt(reservation: Reservation, key: string, stop: () => boolean): Promise<boolean> {
  const summary = 'Until Sinch must have processed the KYC that is replaced';
  await until(stop, leftMs(reservation, key), { summary });
  return !stop();
}
