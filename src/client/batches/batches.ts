import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type Client } from '@temporalio/client';
import {
  isOpenRun,
  BATCH_QUERY,
  BATCH_ROWS_MEMO,
  BATCH_SIGNAL,
  BATCH_UPDATE,
  BATCH_WORKFLOW_TYPE,
  batchPlaces,
  batchWorkflowIdOf,
  readBatch,
  readCancelBatch,
  readOperatorAction,
  type BatchOptions,
  type BatchView,
  type CancelBatch,
  type NumberOrderRequest,
  type OperatorAction,
  type OrderView,
} from '@number-orders/contract';
import type { RecordStore } from '../../store/record-store';
import { check } from '../check';
import { BatchNotFoundError, BatchRunsError, OrderNotFoundError } from '../errors';
import type { TemporalCalls } from '../temporal-calls';
import { BatchCalls } from './batch-calls';
import { checkRows } from './check-rows';
import { reportOf, type BatchLine } from './report';
import { digestsOf, keepRows, readDigests, type RowDigest } from './rows';

/** A batch that this call has started, or that was running with the same rows. */
export interface StartedBatch {
  workflowId: string;
  runId: string;
  attached: boolean;
  /** References of rows that differ from those that the batch had when it ran before. */
  corrected: string[];
}

/** Many orders under one name. Its rows wait in the store, so both sides need the same one. */
export class Batches {
  private readonly calls: TemporalCalls;

  constructor(
    private readonly client: Client,
    private readonly taskQueue: string,
    timeoutMs: number,
    private readonly records: RecordStore | undefined,
    private readonly orderOf: (reference: string) => Promise<OrderView>,
  ) {
    this.calls = new BatchCalls(client, taskQueue, timeoutMs);
  }

  /**
   * Starts an order for each row, so many at a time. Calling it again is safe: what was ordered is not ordered again, but for a row
   * that was corrected and whose order has ended without a number.
   * @param rows requests, each with a reference of its own
   * @throws {InvalidRequestError} {@link BatchRunsError} when it is running with other rows
   */
  async start(batch: string, rows: readonly NumberOrderRequest[], options: BatchOptions = {}): Promise<StartedBatch> {
    const rowSet = randomUUID();
    const argument = check(readBatch({ ...options, batch, rowSet, rows: rows.length }), 'The batch');
    const requests = checkRows(rows);
    const records = this.requireRecords();
    const before = await this.lastRun(batch);
    const earlier = before && (await readDigests(records, batch, before.rowSet));
    const digests = digestsOf(requests);
    if (before?.running) return this.attach(batch, before.runId, earlier, digests);
    const corrected = differing(earlier, digests);
    await keepRows(records, argument, requests, digests, corrected);
    const handle = await this.calls.call(batch, () =>
      this.client.workflow.start(BATCH_WORKFLOW_TYPE, {
        workflowId: batchWorkflowIdOf(batch),
        taskQueue: this.taskQueue,
        args: [argument],
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        memo: { [BATCH_ROWS_MEMO]: rowSet },
        staticSummary: `${rows.length} orders`,
      }),
    );
    const now = await this.lastRun(batch);
    if (now && now.rowSet !== rowSet) {
      // Another call was faster. Nobody takes these rows.
      await this.forget(batch, rowSet);
      return this.attach(batch, now.runId, await readDigests(records, batch, now.rowSet), digests);
    }
    if (before) await this.forget(batch, before.rowSet);
    return {
      workflowId: handle.workflowId,
      runId: handle.firstExecutionRunId,
      attached: false,
      corrected: [...corrected],
    };
  }

  /** How many rows were taken up, and what has become of them. @throws {BatchNotFoundError} */
  view(batch: string): Promise<BatchView> {
    return this.named(batch, this.calls.query<BatchView>(batch, BATCH_QUERY.batch));
  }

  /** Waits for the end of the batch: all its orders have ended. */
  result(batch: string): Promise<BatchView> {
    return this.call(batch, () => this.calls.handle(batch).result() as Promise<BatchView>, Infinity);
  }

  /** No more orders start for now; those that are open go on. */
  pause(batch: string, action: OperatorAction): Promise<BatchView> {
    return this.operate(batch, BATCH_UPDATE.pause, action);
  }

  resume(batch: string, action: OperatorAction): Promise<BatchView> {
    return this.operate(batch, BATCH_UPDATE.resume, action);
  }

  /** No more orders start. Those that are open go on, or are cancelled as well; the batch ends with the last of them. */
  async cancel(batch: string, request: CancelBatch): Promise<void> {
    const argument = check(readCancelBatch(request), 'The cancellation');
    await this.call(batch, () => this.calls.handle(batch).signal(BATCH_SIGNAL.cancel, argument));
  }

  /** What has become of each row, asked of the orders themselves. @throws {BatchNotFoundError} */
  async *report(batch: string): AsyncGenerator<BatchLine> {
    yield* reportOf(await this.view(batch), await this.references(batch), this.orderOf);
  }

  private async references(batch: string): Promise<string[]> {
    const run = await this.lastRun(batch);
    const digests = run && (await readDigests(this.requireRecords(), batch, run.rowSet));
    if (!digests) throw new BatchNotFoundError(batch);
    return digests.map(({ reference }) => reference);
  }

  private attach(batch: string, runId: string, theirs: readonly RowDigest[] = [], ours: readonly RowDigest[]) {
    if (!isDeepStrictEqual(theirs, ours)) throw new BatchRunsError(batch);
    return { workflowId: batchWorkflowIdOf(batch), runId, attached: true, corrected: [] };
  }

  private async lastRun(batch: string) {
    try {
      const { memo, runId, status } = await this.calls.call(batch, () => this.calls.handle(batch).describe());
      return { rowSet: String(memo?.[BATCH_ROWS_MEMO]), runId, running: isOpenRun(status.name) };
    } catch (error) {
      if (error instanceof OrderNotFoundError) return undefined;
      throw error;
    }
  }

  private async forget(batch: string, rowSet: string): Promise<void> {
    const { rows, digests } = batchPlaces(batch, rowSet);
    const records = this.requireRecords();
    await records.deletePlace(rows);
    await records.deletePlace(digests);
  }

  private operate(batch: string, name: string, action: OperatorAction): Promise<BatchView> {
    const argument = check(readOperatorAction(action), 'The request');
    return this.call(batch, () =>
      this.calls.handle(batch).executeUpdate<BatchView, [unknown]>(name, { args: [argument] }),
    );
  }

  private call<T>(batch: string, run: () => Promise<T>, timeoutMs?: number): Promise<T> {
    return this.named(batch, this.calls.call(batch, run, timeoutMs));
  }

  /** Errors of a batch that does not exist name a batch. */
  private async named<T>(batch: string, answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw error instanceof OrderNotFoundError ? new BatchNotFoundError(batch) : error;
    }
  }

  private requireRecords(): RecordStore {
    if (!this.records)
      throw new Error('This client has no store for records: pass the records that openStore returns.');
    return this.records;
  }
}

/** References of rows that were there before, and are others now. */
function differing(before: readonly RowDigest[] | undefined, now: readonly RowDigest[]): Set<string> {
  const known = new Map(before?.map(({ reference, digest }) => [reference, digest]));
  return new Set(
    now
      .filter(({ reference, digest }) => known.has(reference) && known.get(reference) !== digest)
      .map(({ reference }) => reference),
  );
}
