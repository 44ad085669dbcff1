import { keptReviewLog, type ReviewLogEntry } from '@number-orders/contract';
import type { SinchRegistration } from '../sinch';

/** How far the reviewers' log has been read. */
export interface ReviewLogMark {
  entries: number;
  lastAt?: string;
}

/** The reviewers' latest feedback, oldest first, no longer than an order can keep. */
export function reviewLogOf({ logs }: SinchRegistration): ReviewLogEntry[] {
  return keptReviewLog(logs.map(({ message, createTime = '' }) => ({ message, createTime })));
}

/** Whether the reviewers have written since. */
export function isNews(reviewLog: ReviewLogEntry[], { entries, lastAt = '' }: ReviewLogMark): boolean {
  return reviewLog.length !== entries || (reviewLog.at(-1)?.createTime ?? '') !== lastAt;
}
