export interface BackOff {
  firstMs: number;
  longestMs: number;
  /** 1 for the wait after the first try. */
  tries: number;
  /** Until a deadline; zero or less: it has passed. */
  leftMs?: number;
}

/**
 * How long to wait before the next try, in milliseconds: doubling from the first to the longest. Before a deadline never
 * more than half of what is left, so that it is not slept through, and never less than the first wait.
 */
export function backOff({ firstMs, longestMs, tries, leftMs = 0 }: BackOff): number {
  const doubled = Math.min(longestMs, firstMs * 2 ** Math.min(tries - 1, 30));
  return leftMs > 0 ? Math.max(firstMs, Math.min(doubled, leftMs / 2)) : doubled;
}
