import type { WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** How long an attempt at a call may take, in place of the 90 seconds and more that a test cannot wait. */
const IMPATIENT = '6 seconds';
/** Less: a sender of KYC is answered within ten seconds, and a test replaces KYC whose call has timed out before. */
const KYC_IMPATIENT = '3 seconds';
/** How long until pending calls are checked, in place of ten minutes and more. */
const CHECKED_AFTER_MS = 4_000;

/**
 * Loaded into the sandbox beside the workflow: Temporal times a call out soon after its worker has died during it, and the
 * order checks its calls all the time.
 */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  outbound: [
    {
      scheduleActivity: (input, next) => {
        const startToCloseTimeout = input.activityType === 'updateRegistration' ? KYC_IMPATIENT : IMPATIENT;
        return next({ ...input, options: { ...input.options, startToCloseTimeout } });
      },
      startTimer: (input, next) => {
        const checksCalls = input.options?.summary?.endsWith('pending calls are checked') ?? false;
        return next(checksCalls ? { ...input, durationMs: Math.min(input.durationMs, CHECKED_AFTER_MS) } : input);
      },
    },
  ],
});
