import type { Order } from '../order/order';

/**
 * The order of this workflow: each has its own copy of this module. For interceptors, which do not get the order as an argument.
 */
let current: Order | undefined;

export function setCurrentOrder(order: Order): void {
  current = order;
}

/** Undefined in workflows that are not orders. */
export function currentOrder(): Order | undefined {
  return current;
}
