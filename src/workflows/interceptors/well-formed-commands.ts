import type { WorkflowInternalsInterceptor } from '@temporalio/workflow';
import { wellFormed } from '../../data-converter/well-formed';

/** No command leaves with half a character in it: Core would shut down this worker, and each one that takes the task next. */
export const wellFormedCommands: WorkflowInternalsInterceptor = {
  concludeActivation: (input, next) => ({ commands: wellFormed(next(input).commands) }),
};
