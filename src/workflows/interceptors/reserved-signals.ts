import type { WorkflowInternalsInterceptor } from '@temporalio/workflow';

/** Temporal reserves names with this prefix. */
const RESERVED = '__temporal_';

/**
 * The SDK has a default handler for signals, but throws at a reserved name before that handler sees it. The signal stays in
 * history, so it would wedge its order permanently. Renamed, it is an ordinary unknown signal.
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
