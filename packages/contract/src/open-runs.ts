/** Whether a run with this Temporal status has not ended. Only newer servers have PAUSED, by an operator. */
export function isOpenRun(status: string): boolean {
  return status === 'RUNNING' || status === 'PAUSED';
}

/** The same as a query of Temporal's visibility. Older servers refuse Paused, so it excludes all others. */
export const OPEN_RUNS =
  "ExecutionStatus NOT IN ('Completed', 'Failed', 'Canceled', 'Terminated', 'ContinuedAsNew', 'TimedOut')";
