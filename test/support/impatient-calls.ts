import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** How long a call that must not happen twice may take, in place of the 90 seconds a test cannot wait. */
const IMPATIENT = '3 seconds';
const ONCE_ONLY = ['createNumberOrder', 'submitNumberOrder'];

/** Loaded into the sandbox beside the workflow: Temporal gives such a call up as if its worker had died in the midst. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      scheduleActivity: async (input, next) => {
        if (!ONCE_ONLY.includes(input.activityType)) return next(input);
        return next({ ...input, options: { ...input.options, startToCloseTimeout: IMPATIENT } });
      },
    },
  ],
});
