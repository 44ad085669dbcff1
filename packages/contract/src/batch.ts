import { parseDuration } from './duration';
import { FAILURES, type FailureType } from './failures';
import { author, ownName, reason } from './fields';
import type { CancelRequest, OperatorAction } from './messages';
import { flag, ifReadable, integer, object, oneOf, wrong, type Reader } from './reader';
import type { ReadArgument } from './read-messages';
import { OUTCOMES, type Outcome } from './view';

/** Many orders under one name, a window of them open at a time. */
export const BATCH_WORKFLOW_TYPE = 'numberOrderBatch';

/** `number-orders-batch-<batch>`: no order can have it. */
export function batchWorkflowIdOf(batch: string): string {
  return `number-orders-batch-${batch}`;
}

export const BATCH_SIGNAL = { orderClosed: 'orderClosed', cancel: 'cancel' } as const;
export const BATCH_UPDATE = { pause: 'pause', resume: 'resume' } as const;
export const BATCH_QUERY = { batch: 'batch' } as const;

/** Where the rows of a run of a batch wait, and what is kept to tell which of them another file corrects. */
export function batchPlaces(batch: string, rowSet: string): { rows: string; digests: string } {
  return { rows: `.batches/${batch}/rows-${rowSet}`, digests: `.batches/${batch}/digests-${rowSet}` };
}

export const ROWS_A_RECORD = 50;

/** The record of a row, which is counted from 0. */
export function batchRowsRecord(row: number): string {
  return `from-${row - (row % ROWS_A_RECORD)}`;
}

/** The memo field that says which rows of the store a run of a batch takes. */
export const BATCH_ROWS_MEMO = 'batchRows';

export const BATCH_DEFAULTS = { maxOpen: 20, pauseAfter: 5, confirmEvery: '10 minutes' } as const;

/** How a batch goes about its rows. */
export interface BatchOptions {
  /**
   * Orders that are open at a time; 20 when left out.
   * @asType integer
   * @minimum 1
   * @maximum 500
   */
  maxOpen?: number;
  /**
   * Like failures in a row after which it pauses by itself; 5 when left out, 0: never.
   * @asType integer
   * @minimum 0
   * @maximum 1000
   */
  pauseAfter?: number;
  /** How often Temporal is asked whether open orders are; `10 minutes` when left out. */
  confirmEvery?: string;
}

/** The first argument of the workflow `numberOrderBatch`. Its rows wait in the store, where the client has put them. */
export interface NumberOrderBatch extends BatchOptions {
  /**
   * Never personal data.
   * @pattern ^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$
   */
  batch: string;
  /** Names the rows in the store. */
  rowSet: string;
  /**
   * How many there are.
   * @asType integer
   * @minimum 1
   */
  rows: number;
}

/** FAILED: it ended without an outcome. REFUSED: it was never started, and the reason says why. */
export const BATCH_OUTCOMES = [...OUTCOMES, 'FAILED', 'REFUSED'] as const;
export type BatchOutcome = (typeof BATCH_OUTCOMES)[number];

/** Argument of the signal `orderClosed`, which an order of a batch sends to it at its end. */
export interface OrderClosed {
  reference: string;
  outcome: Outcome | 'FAILED';
  /** Of one that failed. */
  failure?: FailureType;
}

/** Argument of the signal `cancel` to a batch: no more orders start. */
export interface CancelBatch extends CancelRequest {
  /** Cancel its open orders as well. */
  openOrders?: boolean;
}

/** A row that was not started. */
export interface RefusedRow {
  /**
   * Counted from 1.
   * @asType integer
   */
  row: number;
  reference: string;
  /** Names fields and remedies, never values. */
  reason: string;
}

/** Answer of the query `batch`, and the workflow's result. */
export interface BatchView {
  batch: string;
  state: 'RUNNING' | 'PAUSED' | 'CANCELLING' | 'ENDED';
  /** @asType integer */
  rows: number;
  /**
   * Rows that were taken up: their orders are open or have ended, or were refused.
   * @asType integer
   */
  taken: number;
  /**
   * Of those, rows whose order was there before this run of the batch.
   * @asType integer
   */
  found: number;
  /** References of orders that are open. */
  open: string[];
  /** @asType integer */
  maxOpen: number;
  /** Numbers of rows, by what has become of them. */
  outcomes: Partial<Record<BatchOutcome, number>>;
  /** The first 200 rows that were not started. */
  refused: RefusedRow[];
  /** By whom, why, and when (RFC 3339). */
  paused?: OperatorAction & { time: string };
  cancelled?: CancelBatch;
}

/** What a batch keeps of refused rows. */
export const REFUSED_ROWS_KEPT = 200;

const duration: Reader<string> = (value, field) =>
  typeof value === 'string' && parseDuration(value)
    ? { value }
    : wrong(field, 'must be a number and a unit, such as 10 minutes or 1 hour');

const batch = object({
  required: { batch: ownName, rowSet: ownName, rows: integer(1, 1_000_000) },
  optional: { maxOpen: integer(1, 500), pauseAfter: integer(0, 1_000), confirmEvery: duration },
  unknownFields: 'refuse',
});

/** What a batch is begun with, as it is kept, or what is wrong with it. */
export const readBatch: ReadArgument<NumberOrderBatch> = (argument) => batch(argument, '');

const closed = object({
  required: { reference: ownName, outcome: oneOf([...OUTCOMES, 'FAILED']) },
  optional: { failure: ifReadable(oneOf(Object.keys(FAILURES) as FailureType[])) },
});
export const readOrderClosed: ReadArgument<OrderClosed> = (argument) => closed(argument, '');

const cancel = object({
  required: { reason },
  optional: { author, openOrders: flag },
});
export const readCancelBatch: ReadArgument<CancelBatch> = (argument) => cancel(argument, '');
