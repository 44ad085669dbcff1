export interface BackOff {
  firstMs: number;
  longestMs: number;
  /** 1 for the wait after the first attempt. */
  tries: number;
  /** Time until a deadline; zero or less: it has passed. */
  leftMs?: number;
}

/**
 * How long to wait before the next attempt, in milliseconds: doubling from the first to the longest wait. Before a deadline never
 * more than half of the remaining time, so as not to miss it, and never less than the first wait.
 */
export function backOff({ firstMs, longestMs, tries, leftMs = 0 }: BackOff): number {
  const doubled = Math.min(longestMs, firstMs * 2 ** Math.min(tries - 1, 30));
  return leftMs > 0 ? Math.max(firstMs, Math.min(doubled, leftMs / 2)) : doubled;
}
