import type { Order } from '../order/order';

/** Of this order alone: each has a module of its own here. It is for interceptors, which are not handed the order. */
let current: Order | undefined;

export function setCurrentOrder(order: Order): void {
  current = order;
}

/** Undefined in workflows that are no orders. */
export function currentOrder(): Order | undefined {
  return current;
}
