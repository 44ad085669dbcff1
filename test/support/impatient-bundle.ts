import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleOption } from '@temporalio/worker';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { sandboxed } from '../../src/worker/workflow-code';

/** Today's workflow code, with little patience: see impatient-calls.ts. */
export async function impatientBundle(): Promise<WorkflowBundleOption> {
  const sandbox = sandboxed({ dataConverter: createWorkerDataConverter(), traced: false });
  return bundleWorkflowCode({
    ...sandbox,
    workflowInterceptorModules: [...(sandbox.workflowInterceptorModules ?? []), require.resolve('./impatient-calls')],
    logger: new DefaultLogger('ERROR'),
  });
}
