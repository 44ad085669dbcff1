import { until } from './until';
import type { Duration } from '@temporalio/common';

/** Temporal takes ten updates of an order at once. The other places are for operators. */
const MOST_WAITING = 5;

/** Updates whose callers wait for something that is under way: few, and for seconds. */
export class WaitingCallers {
  private waiting = 0;

  /** Until it comes true, or the time is over. Where too many wait already, not at all: the caller hears how things stand. */
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
