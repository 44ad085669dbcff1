import { clip, SIGNAL } from '@number-orders/contract';
import { refreshDetails } from '../display/board';
import { countIgnored } from '../display/metrics';
import { addNotice, type IgnoredBecause, type Order } from '../order/order';

const NAME_BYTES = 64;

/** Nobody waits for an answer to a signal: that it came to nothing has to be seen. */
export function ignore(order: Order, name: string, because: IgnoredBecause, why: string): void {
  const signal = clip(name, NAME_BYTES);
  countIgnored(Object.hasOwn(SIGNAL, name) ? name : 'other', because);
  // A flood must not push every other notice out.
  const isFlood = because === 'TOO_MANY' && order.ignored?.last.because === because;
  if (!isFlood) addNotice(order, `Signal ${signal} ignored: ${why}`);
  order.ignored = { count: (order.ignored?.count ?? 0) + 1, last: { time: Date.now(), signal, because } };
  refreshDetails(order);
}
