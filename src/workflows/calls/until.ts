import { condition } from '@temporalio/workflow';
import type { Duration } from '@temporalio/common';

/** Of the moment, and not of an order: a thread takes in one workflow task at a time, without a pause. */
const now = { takingIn: false, cameTrue: 0 };

/** While it runs, no {@link until} comes true. */
export function whileTakingIn(run: () => void): void {
  now.takingIn = true;
  try {
    run();
  } finally {
    now.takingIn = false;
  }
}

/** How many have come true: whether another one has, while something was waited for. */
export const cameTrue = (): number => now.cameTrue;

/**
 * Temporal's condition, which comes true only when all that came with a workflow task has been handled, answers to updates
 * included. Otherwise an answer and what follows from its message would race, and tracing, which makes the way of the answer
 * longer, would have them change places: see docs/decisions/0011-whole-tasks.md.
 */
export function until(comesTrue: () => boolean): Promise<void>;
export function until(comesTrue: () => boolean, within: Duration, options: { summary: string }): Promise<boolean>;
export function until(
  comesTrue: () => boolean,
  within?: Duration,
  options: { summary?: string } = {},
): Promise<boolean | void> {
  const isTrue = () => {
    if (now.takingIn || !comesTrue()) return false;
    now.cameTrue += 1;
    return true;
  };
  return within === undefined ? condition(isTrue) : condition(isTrue, within, options);
}
