import { sleep, type WorkflowInterceptorsFactory } from '@temporalio/workflow';

/** Loaded into the sandbox beside the workflow: another build, whose orders do something that ours do not. */
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
