import { condition } from '@temporalio/workflow';
import type { Duration } from '@temporalio/common';

/** Shared by all orders: a thread handles one workflow task at a time, without a pause. */
const now = { takingIn: false, cameTrue: 0 };

/** While it runs, no {@link until} resolves. */
export function whileTakingIn(run: () => void): void {
  now.takingIn = true;
  try {
    run();
  } finally {
    now.takingIn = false;
  }
}

/** Counts the conditions that became true, to see whether one did during a wait. */
export const cameTrue = (): number => now.cameTrue;

/**
 * Temporal's condition, which resolves only when everything in a workflow task has been handled, including answers to updates.
 * Otherwise an answer would race with the commands that its message leads to. Tracing delays the answer, and would make them
 * change places: see docs/decisions/0011-whole-tasks.md.
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
