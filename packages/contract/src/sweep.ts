/** Deletes documents older than the retention; started by operators and their schedule. Not part of any order. */
export const SWEEP_WORKFLOW_TYPE = 'sweepAttachments';

/** The id of the schedule, and of a sweep that was started by hand. */
export const SWEEP_ID = 'sweep-attachments';

export interface SweepRequest {
  /** Only report, delete nothing. */
  dryRun: boolean;
}

/** Numbers of orders with documents in the store. */
export interface SweepReport {
  seen: number;
  /** Whose order is open: never touched. */
  open: number;
  /** Whose newest document is within the retention. */
  recent: number;
  /** Whose documents were deleted, or would have been without `dryRun`. */
  swept: number;
  /** The first 100 of those. */
  references: string[];
}
