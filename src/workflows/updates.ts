import { ApplicationFailure, CancellationScope, setHandler } from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import { clip, describeViolations, type FailureType, type ReadArgument } from '../contract';

/** Temporal's Cancel is a wish that the stages weigh: it must not cut off what a handler is doing. */
export function uncancelled<T>(handle: () => T | Promise<T>): Promise<T> {
  return CancellationScope.nonCancellable(async () => handle());
}

const REFUSAL_BYTES = 4_096;

export function refuseUpdate(message: string): never {
  throw ApplicationFailure.nonRetryable(clip(message, REFUSAL_BYTES), 'InvalidRequest' satisfies FailureType);
}

interface UpdateHandling<T, Answer> {
  description: string;
  read: ReadArgument<T>;
  /** Refuses, by {@link refuseUpdate}, what is well-formed and cannot be done now. */
  refuse?: (kept: T) => void;
  /** @param argument as it came: nothing of it is kept. */
  handle: (kept: T, argument: unknown) => Answer | Promise<Answer>;
}

/** A malformed update is refused before it is accepted: it leaves no trace in history. Of others only what was read is kept. */
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
      const kept = keep(argument);
      refuse?.(kept);
    },
  });
}
