import { ApplicationFailure } from '@temporalio/workflow';
import type { Beginning, NumberQuery, OrderPolicy } from '../../activities';
import { beginnings, settings } from '../calls/activities';
import { callFailureOf, failureOfOrder } from '../calls/call-failure';
import { local } from '../calls/local-activity';
import { addNotice, type Order } from '../order/order';
import { noteTooDear } from '../reservation/price-limit';

/**
 * An order begins with the operators' settings, which it keeps, and with Sinch's first answers on requirements and numbers. If an
 * answer is missing here, the stages ask for it.
 */
export async function begin(order: Order): Promise<OrderPolicy> {
  const { policy, requirements, availableNumber, tooDear, retryAfterMs, unknownProject } = await beginning(order);
  order.policy = policy;
  if (unknownProject) {
    order.unknownProject = true;
    addNotice(
      order,
      `No worker has settings of the Sinch project ${order.request.project ?? ''}: waiting until one does`,
    );
  }
  if (requirements !== undefined) order.requirements = requirements;
  if (availableNumber !== undefined) order.availableNumber = availableNumber;
  if (availableNumber === null) noteTooDear(order, tooDear);
  if (retryAfterMs) order.notBefore = Date.now() + retryAfterMs;
  return policy;
}

async function beginning(order: Order): Promise<Beginning> {
  const { reference, regionCode, numberType, selection, priceLimit } = order.request;
  const kind = { regionCode, numberType };
  const wanted: NumberQuery | null =
    'search' in selection ? { ...kind, ...selection.search, reference, ...(priceLimit && { priceLimit }) } : null;
  const summary = `Policy, requirements and search for ${numberType} numbers in ${regionCode}`;
  try {
    return await local(() => beginnings.beginOrder.executeWithOptions({ summary }, [kind, wanted]));
  } catch (error) {
    const isFinal = error instanceof ApplicationFailure && error.nonRetryable;
    // An order that was reset may hold a number: the stages ask again, and report it at the end.
    if (isFinal && !order.doubts?.creation) throw failureOfOrder(callFailureOf(error));
    // Sinch is slow, or the worker is at fault. A later attempt may succeed, so the order does not fail. Other errors are rethrown.
    callFailureOf(error);
    const policy = await local(() =>
      settings.readPolicy.executeWithOptions({ summary: "Read the worker's policy" }, []),
    );
    return { policy };
  }
}
