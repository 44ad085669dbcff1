import { ApplicationFailure, condition } from '@temporalio/workflow';
import type { Stage } from '../contract';
import { checkExpectedAttachments } from '../requirements/check-attachment';
import { publish } from './board';
import { localReads, reads } from './calls';
import { callFailureOf } from './failures';
import { local } from './local-activity';
import type { Order } from './order';
import { invalidRequest } from './request';
import { unless } from './unless';

/** Tried once in this worker, then as an activity that waits until Sinch answers; undefined: no longer wanted. */
export async function readEarly<T>(
  order: Order,
  early: () => Promise<T>,
  regular: () => Promise<T>,
): Promise<T | undefined> {
  const cancelled = () => order.cancel !== undefined;
  if (order.policy?.localReads) {
    try {
      return await local(early);
    } catch (error) {
      if (error instanceof ApplicationFailure && error.nonRetryable) throw error;
      publish(order);
      const { retryAfterMs } = callFailureOf(error);
      if (retryAfterMs) await condition(cancelled, retryAfterMs, { summary: 'As long as Sinch asked to wait' });
    }
  }
  return unless(cancelled, regular);
}

/** An attachment id that Sinch does not know would be waited for in vain: said now, while nothing is reserved. */
function refuseUnknownExpectations({ requirements, request }: Order): void {
  const violations = checkExpectedAttachments(requirements ?? null, request.expectedAttachments ?? []);
  if (violations.length > 0) throw invalidRequest(violations);
}

/** What does the regulator demand? Null, Sinch's 404, means nothing. */
export async function lookUpRequirements(order: Order): Promise<Stage> {
  const { regionCode, numberType } = order.request;
  const kind = { regionCode, numberType };
  const summary = `Requirements of ${numberType} numbers in ${regionCode}`;
  const found = await readEarly(
    order,
    () => localReads.lookupNumberRequirements.executeWithOptions({ summary }, [kind]),
    () => reads.lookupNumberRequirements.executeWithOptions({ summary }, [kind]),
  );
  if (found === undefined) return 'CANCELLED';
  order.requirements = found;
  refuseUnknownExpectations(order);
  return 'RESERVING';
}
