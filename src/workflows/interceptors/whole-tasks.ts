import type { WorkflowInternalsInterceptor } from '@temporalio/workflow';
import { whileTakingIn } from '../calls/until';

/** What a workflow task brings is taken in whole before the order goes on. */
export const wholeTasks: WorkflowInternalsInterceptor = {
  activate(input, next) {
    whileTakingIn(() => next(input));
  },
};
