import type { Stage } from '@number-orders/contract';
import { checkExpectedAttachments } from '../../requirements/check-attachment';
import { publish } from '../display/search-attributes';
import { reads, settings } from '../calls/activities';
import { local } from '../calls/local-activity';
import { carryOutCancel, isCancelled, isInterrupted } from './cancel';
import { waitForNotBefore } from './not-before';
import type { Order } from '../order/order';
import { invalidRequest } from '../calls/invalid-request';
import { cancelWhen } from '../calls/cancel-when';

/** Fails on an attachment id that Sinch does not know, while nothing is reserved. It would be awaited in vain. */
function refuseUnknownExpectations({ requirements, request }: Order): void {
  const violations = checkExpectedAttachments(requirements ?? null, request.expectedAttachments ?? []);
  if (violations.length > 0) throw invalidRequest(violations);
}

/** Waits until a worker has credentials of the Sinch project. False: there is no time left. */
async function awaitProject(order: Order, stop: () => boolean): Promise<boolean> {
  publish(order);
  const summary = `Until a worker has settings of the Sinch project ${order.request.project ?? ''}`;
  const known = await cancelWhen(stop, () => reads.awaitProject.executeWithOptions({ summary }, []));
  if (!known) return false;
  delete order.unknownProject;
  // The project's own policy, such as a limit on its calls.
  order.policy = await local(() =>
    settings.readPolicy.executeWithOptions({ summary: "Read the project's policy" }, []),
  );
  return true;
}

/** Looks up what the regulator demands. Null, Sinch's 404, means no KYC. It may be known from the start. */
export async function lookUpRequirements(order: Order): Promise<Stage> {
  const stop = () => isInterrupted(order);
  if (order.unknownProject && !(await awaitProject(order, stop)))
    return isCancelled(order) ? carryOutCancel(order) : 'LOOKING_UP';
  await waitForNotBefore(order, stop, 'For the time that Sinch asked to wait');
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
