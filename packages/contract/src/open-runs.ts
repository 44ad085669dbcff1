/** Whether a run with this status of Temporal's has not ended. PAUSED, by an operator, is a word of newer servers. */
export function isOpenRun(status: string): boolean {
  return status === 'RUNNING' || status === 'PAUSED';
}

/** The same in a query of Temporal's visibility. Older servers refuse the word Paused, so it names all the others. */
export const OPEN_RUNS =
  "ExecutionStatus NOT IN ('Completed', 'Failed', 'Canceled', 'Terminated', 'ContinuedAsNew', 'TimedOut')";
