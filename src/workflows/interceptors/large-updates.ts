import type { ActivateInput, WorkflowInternalsInterceptor } from '@temporalio/workflow';

type Job = NonNullable<ActivateInput['activation']['jobs']>[number];

/**
 * A share of the 4 MiB that one workflow task may respond with: the response to an update repeats its whole argument, accepted or
 * refused. The rest is for the task's other commands.
 */
const ARGUMENTS_BYTES = 2 * 1024 * 1024;

/**
 * Drops updates that are too large to be refused together. Otherwise the response would be too large for Temporal, and the order
 * would stand still while they are sent. Temporal tells the callers that their update was not handled. The smallest come first,
 * such as those of operators.
 */
export const largeUpdates: WorkflowInternalsInterceptor = {
  activate(input, next) {
    const jobs = input.activation.jobs ?? [];
    const updates = jobs
      .filter(({ doUpdate }) => doUpdate?.runValidator)
      .map((job) => ({ job, bytes: bytesOfArguments(job) }))
      .sort((one, other) => one.bytes - other.bytes);
    let left = ARGUMENTS_BYTES;
    const unheard = new Set(updates.filter(({ bytes }) => (left -= bytes) < 0).map(({ job }) => job));
    if (unheard.size > 0) input.activation.jobs = jobs.filter((job) => !unheard.has(job));
    next(input);
  },
};

function bytesOfArguments({ doUpdate }: Job): number {
  return (doUpdate?.input ?? []).reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
}
