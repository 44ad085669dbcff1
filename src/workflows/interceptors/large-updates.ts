import type { ActivateInput, WorkflowInternalsInterceptor } from '@temporalio/workflow';

type Job = NonNullable<ActivateInput['activation']['jobs']>[number];

/**
 * Of the 4 MiB that one workflow task may answer: an update's answer has its whole argument in it, be it accepted or refused,
 * and the rest is for what else the task does.
 */
const ARGUMENTS_BYTES = 2 * 1024 * 1024;

/**
 * Leaves unheard what is too large to be refused together: else the answer is too large for Temporal, and the order stands still
 * for as long as it is sent. Temporal tells the callers that nobody has taken it. The smallest, such as operators', come first.
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
