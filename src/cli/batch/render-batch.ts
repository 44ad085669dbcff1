import type { BatchView } from '@number-orders/contract';
import type { OrderSummary } from '../../client';

const BAR_WIDTH = 40;
/** More open orders than a screen has lines. */
const ORDERS_SHOWN = 20;

/** A batch as a person wants to see it. `open`: what visibility says of its open orders, seconds late. */
export function renderBatch(view: BatchView, open: readonly OrderSummary[] = []): string[] {
  const { batch, state, rows, taken, found, maxOpen, outcomes, paused, cancelled, refused } = view;
  const ended = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return [
    `${batch}  ${state}`,
    `  ${bar(ended / rows, taken / rows)} ${Math.floor((100 * ended) / rows)} %`,
    `  ${ended} of ${rows} ended, ${view.open.length} open (at most ${maxOpen}), ${rows - taken} waiting`,
    ...(found > 0 ? [`  ${found} were ordered before`] : []),
    ...Object.entries(outcomes).map(([outcome, count]) => `    ${outcome.padEnd(12)}${String(count).padStart(6)}`),
    ...(paused ? [`  paused by ${paused.author} at ${paused.time}: ${paused.reason}`] : []),
    ...(cancelled ? [`  cancelled: ${cancelled.reason}`] : []),
    ...refused.map(({ row, reference, reason }) => `  row ${row} ${reference} was not started: ${reason}`),
    ...ordersOf(open),
  ];
}

function ordersOf(open: readonly OrderSummary[]): string[] {
  if (open.length === 0) return [];
  const width = Math.max(...open.map(({ reference }) => reference.length));
  const lines = open.slice(0, ORDERS_SHOWN).map(({ reference, stage = '', regionCode = '', expireTime }) => {
    // What is in review lapses no more.
    const lapses = stage === 'AWAITING_KYC' && expireTime ? `lapses ${expireTime}` : '';
    return `  ${reference.padEnd(width)}  ${stage.padEnd(15)} ${regionCode}  ${lapses}`.trimEnd();
  });
  const more = open.length - lines.length;
  return ['', ...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}

/** Ended orders full, open ones lighter. */
function bar(ended: number, taken: number): string {
  const full = Math.floor(BAR_WIDTH * ended);
  const begun = Math.max(full, Math.floor(BAR_WIDTH * taken));
  return '█'.repeat(full) + '▒'.repeat(begun - full) + '░'.repeat(BAR_WIDTH - begun);
}
