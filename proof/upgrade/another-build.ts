import { sleep, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Part of another build, whose orders do one thing more: older builds cannot replay their histories. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      execute: (input, next) => {
        void sleep(1);
        return next(input);
      },
    },
  ],
});
