import type { Stage } from '@number-orders/contract';
import { checkExpectedAttachments } from '../../requirements/check-attachment';
import { publish } from '../display/board';
import { reads } from '../calls/activities';
import { carryOutCancel, isCancelled, isInterrupted } from './cancel';
import { waitForNotBefore } from './not-before';
import type { Order } from '../order/order';
import { invalidRequest } from '../calls/invalid-request';
import { cancelWhen } from '../calls/cancel-when';

/** An attachment id that Sinch does not know would be waited for in vain: said now, while nothing is reserved. */
function refuseUnknownExpectations({ requirements, request }: Order): void {
  const violations = checkExpectedAttachments(requirements ?? null, request.expectedAttachments ?? []);
  if (violations.length > 0) throw invalidRequest(violations);
}

/** What does the regulator demand? Null, Sinch's 404, means nothing. It may be known since the order began. */
export async function lookUpRequirements(order: Order): Promise<Stage> {
  const stop = () => isInterrupted(order);
  await waitForNotBefore(order, stop, 'As long as Sinch asked to wait');
  if (order.requirements === undefined) {
    publish(order);
    const { regionCode, numberType } = order.request;
    const summary = `Requirements of ${numberType} numbers in ${regionCode}`;
    const found = await cancelWhen(stop, () =>
      reads.lookupNumberRequirements.executeWithOptions({ summary }, [{ regionCode, numberType }]),
    );
    if (found === undefined) return isCancelled(order) ? carryOutCancel(order) : 'LOOKING_UP';
    order.requirements = found.requirements;
  }
  refuseUnknownExpectations(order);
  return 'RESERVING';
}
