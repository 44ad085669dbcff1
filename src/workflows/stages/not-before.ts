import { until } from '../calls/until';
import { publish } from '../display/search-attributes';
import type { Order } from '../order/order';

/** Waits until Sinch may be asked again, or `stop` is true. */
export async function waitForNotBefore(order: Order, stop: () => boolean, summary: string): Promise<void> {
  const left = (order.notBefore ?? 0) - Date.now();
  if (left > 0) {
    publish(order);
    if (await until(stop, left, { summary })) return;
  }
  delete order.notBefore;
}
