import type { BatchView } from '@number-orders/contract';

/** What Temporal's UI shows of a batch. */
export function boardOf({ state, rows, taken, found, open, maxOpen, outcomes, paused, cancelled }: BatchView): string {
  const ended = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  return [
    `### ${state}`,
    `- ${taken} of ${rows} rows taken up${found > 0 ? `, ${found} of them were ordered before` : ''}`,
    `- ${open.length} orders open, at most ${maxOpen}`,
    ...(ended.length > 0 ? [`- ${ended.join(', ')}`] : []),
    ...(paused ? ['- paused: number-orders batch resume goes on'] : []),
    ...(cancelled ? ['- cancelled: no more orders start'] : []),
  ].join('\n');
}
