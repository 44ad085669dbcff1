import { ApplicationFailure, CancellationScope, setHandler } from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import {
  bytesOf,
  clip,
  describeViolations,
  isDeeperThan,
  LIMITS,
  type FailureType,
  type ReadArgument,
} from '@number-orders/contract';

/** Temporal's Cancel is a request that the stages decide on. It must not interrupt a handler. */
export function uncancelled<T>(handle: () => T | Promise<T>): Promise<T> {
  return CancellationScope.nonCancellable(async () => handle());
}

const REFUSAL_BYTES = 4_096;

export function refuseUpdate(message: string): never {
  throw ApplicationFailure.nonRetryable(clip(message, REFUSAL_BYTES), 'InvalidRequest' satisfies FailureType);
}

/** More than any message needs. Unknown fields are dropped, but would stay in history. */
const ARGUMENT_BYTES = LIMITS.registrationBytes + 64 * 1024;
const ARGUMENT_DEPTH = 2 * LIMITS.registrationDepth;

export function refuseLarge(argument: unknown): void {
  if (isDeeperThan(ARGUMENT_DEPTH, argument)) refuseUpdate(`argument must not be nested deeper than ${ARGUMENT_DEPTH}`);
  if (bytesOf(argument) > ARGUMENT_BYTES) refuseUpdate(`argument must be at most ${ARGUMENT_BYTES} bytes of JSON`);
}

interface UpdateHandling<T, Answer> {
  description: string;
  read: ReadArgument<T>;
  /** Refuses, with {@link refuseUpdate}, a well-formed message that cannot be carried out now. */
  refuse?: (kept: T) => void;
  /** @param argument as it came: nothing of it is kept. */
  handle: (kept: T, argument: unknown) => Answer | Promise<Answer>;
}

/**
 * A malformed update is refused before it is accepted: it leaves no trace in history. Of a valid one only the known fields are
 * kept.
 */
export function handleUpdate<T, Answer>(
  definition: UpdateDefinition<Answer, [unknown]>,
  { description, read, refuse, handle }: UpdateHandling<T, Answer>,
): void {
  const keep = (argument: unknown): T => {
    const { violations, value } = read(argument);
    if (violations) refuseUpdate(describeViolations(violations));
    return value;
  };
  setHandler(definition, (argument) => uncancelled(() => handle(keep(argument), argument)), {
    description,
    validator: (argument) => {
      refuseLarge(argument);
      const kept = keep(argument);
      refuse?.(kept);
    },
  });
}
