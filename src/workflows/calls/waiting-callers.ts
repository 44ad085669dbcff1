import { until } from './until';
import type { Duration } from '@temporalio/common';

/** Temporal accepts ten updates of an order at once. The others are reserved for operators. */
const MOST_WAITING = 5;

/** Limits how many callers wait for an answer from Sinch at once, each for a few seconds. */
export class WaitingCallers {
  private waiting = 0;

  /** Waits until the condition is true or the time is over. Does not wait if too many do: the caller gets the current state. */
  async until(comesTrue: () => boolean, within: Duration, summary: string): Promise<void> {
    if (this.waiting >= MOST_WAITING) return;
    this.waiting++;
    try {
      await until(comesTrue, within, { summary });
    } finally {
      this.waiting--;
    }
  }
}
