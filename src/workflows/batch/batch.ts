import {
  BATCH_DEFAULTS,
  clip,
  parseDuration,
  REFUSED_ROWS_KEPT,
  type BatchOutcome,
  type BatchView,
  type CancelBatch,
  type NumberOrderBatch,
  type OperatorAction,
  type OrderClosed,
} from '@number-orders/contract';

/** Everything a batch is. Plain data: it continues as new as it stands. Nothing of it grows with the number of rows. */
export interface Batch {
  request: Required<NumberOrderBatch>;
  /** When its first run began, milliseconds since the epoch: an order that is older was there before it. */
  since: number;
  /** Rows that were taken up. */
  taken: number;
  /** Of those, rows whose order was there before. */
  found: number;
  /** References of open orders. */
  open: string[];
  /** While rows are being started: what was told meanwhile of orders that are not known to be open yet. */
  starting: boolean;
  toldEarly: OrderClosed[];
  outcomes: BatchView['outcomes'];
  refused: BatchView['refused'];
  /** Like failures in a row. */
  failures: { kind: string; count: number };
  paused?: OperatorAction & { time: string };
  cancel?: CancelBatch;
  /** Open orders were cancelled, as was asked. */
  ordersCancelled: boolean;
  /** As the worker says it. */
  continueAsNewEvents?: number;
  newRunDue: boolean;
}

/** From strangers nothing more is kept. */
const TOLD_EARLY = 1_000;
const REASON_BYTES = 400;

export function newBatch(request: NumberOrderBatch, since: number): Batch {
  return {
    request: { ...BATCH_DEFAULTS, ...request },
    since,
    taken: 0,
    found: 0,
    open: [],
    starting: false,
    toldEarly: [],
    outcomes: {},
    refused: [],
    failures: { kind: '', count: 0 },
    ordersCancelled: false,
    newRunDue: false,
  };
}

/** How many rows may start now. */
export function vacancies({ request, taken, open, paused, cancel }: Batch): number {
  if (paused || cancel) return 0;
  return Math.min(request.rows - taken, request.maxOpen - open.length);
}

export function isOver({ request, taken, open, cancel }: Batch): boolean {
  return open.length === 0 && (taken >= request.rows || cancel !== undefined);
}

export const confirmEveryMs = ({ request }: Batch) => parseDuration(request.confirmEvery) ?? 0;

/** An order of the batch has ended. What is told twice, or of another's order, counts once, or not at all. */
export function noteClosed(batch: Batch, closed: OrderClosed): void {
  if (batch.open.includes(closed.reference)) {
    batch.open = batch.open.filter((reference) => reference !== closed.reference);
    count(batch, closed.outcome, closed.failure);
  } else if (batch.starting && batch.toldEarly.length < TOLD_EARLY) {
    batch.toldEarly.push(closed);
  }
}

export function noteRefused(batch: Batch, row: number, reference: string, reason: string): void {
  if (batch.refused.length < REFUSED_ROWS_KEPT) {
    batch.refused.push({ row, reference, reason: clip(reason, REASON_BYTES) });
  }
  count(batch, 'REFUSED');
}

/** Of an order that was there before the batch: it says nothing of how the batch goes. */
export function countOutcome(batch: Batch, outcome: BatchOutcome): void {
  batch.outcomes[outcome] = (batch.outcomes[outcome] ?? 0) + 1;
}

export function count(batch: Batch, outcome: BatchOutcome, failure?: string): void {
  countOutcome(batch, outcome);
  // It was meant to end so.
  if (outcome === 'CANCELLED') return;
  const kind = failure ?? outcome;
  const { failures, request } = batch;
  batch.failures =
    outcome === 'COMPLETED' ? { kind: '', count: 0 } : { kind, count: kind === failures.kind ? failures.count + 1 : 1 };
  if (request.pauseAfter === 0 || batch.failures.count < request.pauseAfter || batch.paused || batch.cancel) return;
  pause(batch, { author: 'the batch itself', reason: `${batch.failures.count} orders in a row ended ${kind}` });
}

export function pause(batch: Batch, { author, reason }: OperatorAction): void {
  batch.paused = { author, reason, time: new Date(Date.now()).toISOString() };
}

/** Failures are counted anew. */
export function resume(batch: Batch): void {
  delete batch.paused;
  batch.failures = { kind: '', count: 0 };
}

export function viewOf(batch: Batch): BatchView {
  const { request, taken, found, open, outcomes, refused, paused, cancel } = batch;
  return {
    batch: request.batch,
    state: isOver(batch) ? 'ENDED' : cancel ? 'CANCELLING' : paused ? 'PAUSED' : 'RUNNING',
    rows: request.rows,
    taken,
    found,
    open,
    maxOpen: request.maxOpen,
    outcomes,
    refused,
    ...(paused && { paused }),
    ...(cancel && { cancelled: cancel }),
  };
}
