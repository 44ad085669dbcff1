import type { ReviewLogEntry } from '../contract';
import type { SinchRegistration } from '../sinch';

const REVIEW_LOG_ENTRIES = 100;
const REVIEW_LOG_CHARACTERS = 2_000;

/** How far the reviewers' log has been read. */
export interface ReviewLogMark {
  entries: number;
  lastAt?: string;
}

/** The reviewers' latest feedback, oldest first, no longer than an order can keep. */
export function reviewLogOf({ logs }: SinchRegistration): ReviewLogEntry[] {
  return logs
    .slice(-REVIEW_LOG_ENTRIES)
    .map(({ message, createTime = '' }) => ({ message: message.slice(0, REVIEW_LOG_CHARACTERS), createTime }));
}

/** Whether the reviewers have written since. */
export function isNews(reviewLog: ReviewLogEntry[], { entries, lastAt = '' }: ReviewLogMark): boolean {
  return reviewLog.length !== entries || (reviewLog.at(-1)?.createTime ?? '') !== lastAt;
}
