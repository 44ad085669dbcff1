import type { Stage } from '@number-orders/contract';
import { checkExpectedAttachments } from '../../requirements/check-attachment';
import { publish } from '../display/board';
import { reads, settings } from '../calls/activities';
import { local } from '../calls/local-activity';
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

/** Nothing can be asked of a Sinch that no worker has credentials for. False: there is no time for it. */
async function awaitProject(order: Order, stop: () => boolean): Promise<boolean> {
  publish(order);
  const summary = `Until a worker has settings of the Sinch project ${order.request.project ?? ''}`;
  const known = await cancelWhen(stop, () => reads.awaitProject.executeWithOptions({ summary }, []));
  if (!known) return false;
  delete order.unknownProject;
  // What it has of its own, such as a limit on its calls.
  order.policy = await local(() =>
    settings.readPolicy.executeWithOptions({ summary: "Read the project's policy" }, []),
  );
  return true;
}

/** What does the regulator demand? Null, Sinch's 404, means nothing. It may be known since the order began. */
export async function lookUpRequirements(order: Order): Promise<Stage> {
  const stop = () => isInterrupted(order);
  if (order.unknownProject && !(await awaitProject(order, stop)))
    return isCancelled(order) ? carryOutCancel(order) : 'LOOKING_UP';
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
