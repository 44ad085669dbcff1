import { sleep, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Goes into the workflow bundle of another build, whose orders do one thing more: their histories fit no build before. */
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
