import type { OrderPolicy } from '../../activities';
import type { Order } from './order';

/** The settings the order began with; they are read before any stage. */
export function policyOf({ policy }: Pick<Order, 'policy'>): OrderPolicy {
  if (!policy) throw new Error('The policy has not been read');
  return policy;
}
