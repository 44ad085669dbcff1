import type { WorkflowInternalsInterceptor } from '@temporalio/workflow';

/** Names that begin so are Temporal's own. */
const RESERVED = '__temporal_';

/**
 * Where there is a handler for signals of any name, the SDK throws at one with a reserved name before a handler sees it.
 * The signal stays in history, so it would wedge its order for good. Under another name it is one that nobody knows.
 */
export const reservedSignals: WorkflowInternalsInterceptor = {
  activate(input, next) {
    for (const { signalWorkflow } of input.activation.jobs ?? []) {
      const name = signalWorkflow?.signalName;
      if (signalWorkflow && name?.startsWith(RESERVED)) signalWorkflow.signalName = `(reserved) ${name}`;
    }
    next(input);
  },
};
