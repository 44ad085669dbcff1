import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** How long a call that must not happen twice may take, in place of the 90 seconds a test cannot wait. */
const IMPATIENT = '3 seconds';
/** How long until calls are looked after, in place of ten minutes and more. */
const LOOKED_AFTER_MS = 4_000;
const ONCE_ONLY = ['createNumberOrder', 'submitNumberOrder'];

/** Loaded into the sandbox beside the workflow: Temporal gives such a call up as if its worker had died in the midst, and the order
 * looks after its calls all the time. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      scheduleActivity: async (input, next) => {
        if (!ONCE_ONLY.includes(input.activityType)) return next(input);
        return next({ ...input, options: { ...input.options, startToCloseTimeout: IMPATIENT } });
      },
      startTimer: (input, next) => {
        const looksAfter = input.options?.summary?.endsWith('are looked after') ?? false;
        return next(looksAfter ? { ...input, durationMs: Math.min(input.durationMs, LOOKED_AFTER_MS) } : input);
      },
    },
  ],
});
