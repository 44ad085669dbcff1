import { workflowInfo } from '@temporalio/workflow';
import { clip, FORCED_MEMO, LIMITS } from '@number-orders/contract';
import { addNotice, type Order } from '../order/order';

/** A forced attempt says so, and names what is no longer followed. */
export function noteIfForced(order: Order): void {
  const note = workflowInfo().memo?.[FORCED_MEMO];
  if (typeof note === 'string') addNotice(order, clip(note, 2 * LIMITS.reasonBytes));
}
