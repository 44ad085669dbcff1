import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** How long an attempt at a call may take, in place of the 90 seconds and more that a test cannot wait. */
const IMPATIENT = '3 seconds';
/** How long until calls are looked after, in place of ten minutes and more. */
const LOOKED_AFTER_MS = 4_000;

/** Loaded into the sandbox beside the workflow: Temporal gives a call up soon after its worker has died in the midst of it, and the
 * order looks after its calls all the time. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      scheduleActivity: (input, next) =>
        next({ ...input, options: { ...input.options, startToCloseTimeout: IMPATIENT } }),
      startTimer: (input, next) => {
        const looksAfter = input.options?.summary?.endsWith('are looked after') ?? false;
        return next(looksAfter ? { ...input, durationMs: Math.min(input.durationMs, LOOKED_AFTER_MS) } : input);
      },
    },
  ],
});
