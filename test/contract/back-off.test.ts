import { backOff } from '@number-orders/contract';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('the wait before the next try', () => {
  const waits = (tries: number, leftMs?: number) =>
    backOff({ firstMs: 2 * SECOND, longestMs: HOUR, tries, ...(leftMs !== undefined && { leftMs }) });

  it('doubles up to a maximum', () => {
    expect([1, 2, 3, 4].map((tries) => waits(tries))).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(waits(13)).toBe(HOUR);
    expect(waits(1_000_000)).toBe(HOUR);
  });

  it('shrinks again towards a deadline, whatever the window, so that no wait lasts past it', () => {
    for (const window of [30 * SECOND, 10 * MINUTE, 30 * MINUTE, 48 * HOUR]) {
      let now = 0;
      let lastTry = 0;
      for (let tries = 1; now < window; tries++) {
        lastTry = now;
        now += waits(tries, window - now);
      }
      expect(window - lastTry).toBeLessThanOrEqual(4 * SECOND);
    }
  });

  it('ignores the deadline once it has passed', () => {
    expect(waits(4, 0)).toBe(16_000);
    expect(waits(4, -1)).toBe(16_000);
  });
});
