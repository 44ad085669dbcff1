import { ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import { describeViolations, LIMITS, type FailureType, type Violation } from '../contract';
import type { Order } from './order';

/** Temporal's Cancel is a wish that the stages weigh: it must not cut off what a handler is doing. */
export function uncancelled<T>(handle: () => T | Promise<T>): Promise<T> {
  return CancellationScope.nonCancellable(async () => handle());
}

export function refuseUpdate(message: string): never {
  throw ApplicationFailure.nonRetryable(message, 'InvalidRequest' satisfies FailureType);
}

/** A malformed update is refused before it is accepted: it leaves no trace in history. */
export function wellFormed(validate: (argument: unknown) => Violation[]) {
  return (argument: unknown): void => {
    const problems = validate(argument);
    if (problems.length > 0) refuseUpdate(describeViolations(problems));
  };
}

/** Senders of KYC have a limit as well. Operators have none: what a sender has spoilt they must be able to mend. */
export function valid(order: Order, validate: (argument: unknown) => Violation[]) {
  const refuseMalformed = wellFormed(validate);
  return (argument: unknown): void => {
    refuseMalformed(argument);
    if (order.messagesInAll >= LIMITS.messages) refuseUpdate(`the order takes at most ${LIMITS.messages} messages`);
  };
}
