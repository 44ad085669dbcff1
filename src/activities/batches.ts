import { activityInfo, getClient } from '@temporalio/activity';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import {
  batchPlaces,
  batchRowsRecord,
  isOpenRun,
  OUTCOMES,
  ROWS_A_RECORD,
  SEARCH_ATTRIBUTE_KEYS,
  workflowIdOf,
  type FailureType,
  type NumberOrderRequest,
  type OrderClosed,
} from '@number-orders/contract';
import { beating } from './beating';
import type { ActivityPorts } from './ports';

/** Rows of a batch, by their place in its file. */
export interface RowsToStart {
  batch: string;
  rowSet: string;
  /** The first row, counted from 0. */
  from: number;
  /** The end, exclusive. */
  to: number;
  /** When the batch began, milliseconds since the epoch. */
  since: number;
}

/** A row in the store. */
export interface WaitingRow {
  request: NumberOrderRequest;
  /** It was corrected since the last run of the batch: ordered again if its order ended without a number. */
  corrected?: true;
}

/** The outcome of a row, counted from 1. */
export type StartedRow = { row: number; reference: string; found?: true } & (
  | { state: 'OPEN' }
  | { state: 'ENDED'; outcome: OrderClosed['outcome']; failure?: FailureType }
  | { state: 'REFUSED'; reason: string }
);

export function batchActivities({ records, startOrder }: ActivityPorts) {
  /** @throws {ApplicationFailure} when the store has lost them */
  async function waitingRows({ batch, rowSet, from, to }: RowsToStart): Promise<WaitingRow[]> {
    const read = new Map<string, WaitingRow[]>();
    const rows: WaitingRow[] = [];
    for (let row = from; row < to; row++) {
      const name = batchRowsRecord(row);
      if (!read.has(name)) {
        const content = await records.readRecord(batchPlaces(batch, rowSet).rows, name);
        read.set(name, content === undefined ? [] : (JSON.parse(content) as WaitingRow[]));
      }
      const found = read.get(name)?.[row % ROWS_A_RECORD];
      if (!found) throw ApplicationFailure.create({ message: `Row ${row + 1} of the batch is not in the store` });
      rows.push(found);
    }
    return rows;
  }

  async function startRow({ request, corrected }: WaitingRow, batch: string, since: number) {
    const { reference } = request;
    const before = await lastRun(reference);
    // A row that this batch has ordered again is not ordered once more when this call is repeated.
    const newAttempt = corrected === true && before !== undefined && before.startTime < since;
    const client = getClient();
    const reason = await startOrder(client, activityInfo().taskQueue, { ...request, batch }, newAttempt);
    const found = before && before.startTime < since && { found: true as const };
    if (reason !== undefined) return { state: 'REFUSED' as const, reason, ...found };
    const now = await lastRun(reference);
    return { ...(now?.closed ?? { state: 'OPEN' as const }), ...(now && now.startTime < since && found) };
  }

  return {
    /** Repeatable: a row's order is started once. */
    startBatchRows(rows: RowsToStart): Promise<StartedRow[]> {
      return beating(async () => {
        const started: StartedRow[] = [];
        for (const [index, waiting] of (await waitingRows(rows)).entries()) {
          const became = await startRow(waiting, rows.batch, rows.since);
          started.push({ row: rows.from + index + 1, reference: waiting.request.reference, ...became });
        }
        return started;
      });
    },

    /** Those of these orders that are not open. */
    findEndedOrders(references: string[]): Promise<OrderClosed[]> {
      return beating(async () => {
        const ended: OrderClosed[] = [];
        for (const reference of references) {
          const run = await lastRun(reference);
          if (!run) ended.push({ reference, outcome: 'FAILED' });
          else if (run.closed) ended.push({ reference, outcome: run.closed.outcome });
        }
        return ended;
      });
    },

    /** Rows may hold KYC. Repeatable. */
    deleteBatchRows({ batch, rowSet }: Pick<RowsToStart, 'batch' | 'rowSet'>): Promise<void> {
      return beating(() => records.deletePlace(batchPlaces(batch, rowSet).rows));
    },
  };
}

/** Undefined when Temporal knows none. */
async function lastRun(reference: string) {
  try {
    const run = await getClient().workflow.getHandle(workflowIdOf(reference)).describe();
    const stage = run.typedSearchAttributes.get(SEARCH_ATTRIBUTE_KEYS.stage);
    const ended: OrderClosed['outcome'] =
      (run.status.name === 'COMPLETED' && OUTCOMES.find((each) => each === stage)) || 'FAILED';
    const closed = { state: 'ENDED' as const, outcome: ended };
    return { startTime: run.startTime.getTime(), ...(!isOpenRun(run.status.name) && { closed }) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
