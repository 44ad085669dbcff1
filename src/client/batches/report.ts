import type { BatchView, OrderView, Price, RefusedRow, Stage, Titled } from '@number-orders/contract';
import { NumberOrdersError, OrderNotFoundError } from '../errors';

/** What has become of a row. */
export interface BatchLine {
  /** Counted from 1. */
  row: number;
  reference: string;
  /**
   * The stage of an open order, or its outcome. WAITING: the row was not taken up yet. FAILED: the order ended without an outcome.
   * REFUSED: it was not started. UNKNOWN: nobody answers for it.
   */
  state: Stage | 'WAITING' | 'FAILED' | 'REFUSED' | 'UNKNOWN';
  phoneNumbers: string[];
  /** As Sinch named them. */
  prices: Price[];
  /** What an open order waits for. */
  missing: Titled[];
  /** Until when, RFC 3339. */
  until?: string;
  /** Why it was not started. */
  reason?: string;
}

/** Asked at once. */
const AT_ONCE = 8;

/** A line for each row, in their order. Each order is asked, so it is what they say, and not what visibility does. */
export async function* reportOf(
  view: BatchView,
  references: readonly string[],
  orderOf: (reference: string) => Promise<OrderView>,
): AsyncGenerator<BatchLine> {
  const refused = new Map(view.refused.map((each) => [each.row, each]));
  for (let from = 0; from < references.length; from += AT_ONCE) {
    const some = references.slice(from, from + AT_ONCE);
    yield* await Promise.all(
      some.map((reference, index) => lineOf(from + index + 1, reference, view, refused, orderOf)),
    );
  }
}

async function lineOf(
  row: number,
  reference: string,
  view: BatchView,
  refused: ReadonlyMap<number, RefusedRow>,
  orderOf: (reference: string) => Promise<OrderView>,
): Promise<BatchLine> {
  const line = { row, reference, phoneNumbers: [], prices: [], missing: [] };
  const { reason } = refused.get(row) ?? {};
  if (reason !== undefined) return { ...line, state: 'REFUSED', reason };
  try {
    const order = await orderOf(reference);
    const { stage, outcome, phoneNumbers, prices = [], missingTitles, expireTime } = order;
    if (outcome) return { ...line, state: outcome, phoneNumbers, prices };
    if (row <= view.taken && !view.open.includes(reference)) return { ...line, state: 'FAILED', phoneNumbers, prices };
    const until = expireTime === undefined ? {} : { until: expireTime };
    return { ...line, state: stage, phoneNumbers, prices, missing: missingTitles, ...until };
  } catch (error) {
    if (!(error instanceof NumberOrdersError)) throw error;
    if (!(error instanceof OrderNotFoundError)) return { ...line, state: 'UNKNOWN', reason: error.message };
    return { ...line, state: row > view.taken ? 'WAITING' : 'UNKNOWN' };
  }
}
