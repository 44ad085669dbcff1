import type { OrderPolicy } from '../activities';

/** Of this order alone: each has a module of its own here. It is for interceptors, which are not handed the order. */
let inForce: OrderPolicy | undefined;

/** From here on; undefined: none has been read yet. */
export function abideBy(policy: OrderPolicy | undefined): void {
  inForce = policy;
}

export function policyInForce(): OrderPolicy | undefined {
  return inForce;
}
