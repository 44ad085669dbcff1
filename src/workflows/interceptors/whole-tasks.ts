import type { WorkflowInternalsInterceptor } from '@temporalio/workflow';
import { whileTakingIn } from '../calls/until';

/** Everything in a workflow task is handled before the order continues. */
export const wholeTasks: WorkflowInternalsInterceptor = {
  activate(input, next) {
    whileTakingIn(() => next(input));
  },
};
