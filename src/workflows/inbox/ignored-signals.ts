import { clip, SIGNAL } from '@number-orders/contract';
import { countIgnored } from '../display/metrics';
import { addNotice, type IgnoredBecause, type Order } from '../order/order';

const NAME_BYTES = 64;

/** A signal has no answer, so the order shows that it was ignored. */
export function ignore(order: Order, name: string, because: IgnoredBecause, why: string): void {
  const signal = clip(name, NAME_BYTES);
  countIgnored(Object.hasOwn(SIGNAL, name) ? name : 'other', because);
  // A flood of signals must not push out every other notice.
  const isFlood = because === 'TOO_MANY' && order.ignored?.last.because === because;
  if (!isFlood) addNotice(order, `Signal ${signal} ignored: ${why}`);
  order.ignored = { count: (order.ignored?.count ?? 0) + 1, last: { time: Date.now(), signal, because } };
}
