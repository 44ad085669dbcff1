import { batchCalls } from '../calls/activities';
import { count, countOutcome, noteClosed, noteRefused, type Batch } from './batch';

/** More would keep what has ended from being seen for long. */
const ROWS_AT_ONCE = 25;

/** Takes up the next rows. They count as open until it is known what has become of them. */
export async function startRows(batch: Batch, vacant: number): Promise<void> {
  const { request, taken: from, since } = batch;
  const to = from + Math.min(vacant, ROWS_AT_ONCE);
  batch.starting = true;
  const rows = await batchCalls.startBatchRows.executeWithOptions({ summary: `Rows ${from + 1} to ${to}` }, [
    { batch: request.batch, rowSet: request.rowSet, from, to, since },
  ]);
  batch.starting = false;
  batch.taken = to;
  for (const { row, reference, found, ...became } of rows) {
    if (found) batch.found += 1;
    if (became.state === 'OPEN') batch.open.push(reference);
    else if (became.state === 'ENDED' && found) countOutcome(batch, became.outcome);
    else if (became.state === 'ENDED') count(batch, became.outcome, became.failure);
    else noteRefused(batch, row, reference, became.reason);
  }
  // Of those that have ended since they were started.
  const early = batch.toldEarly;
  batch.toldEarly = [];
  for (const closed of early) noteClosed(batch, closed);
}

/** Of an order that was terminated nothing is told: Temporal is asked. */
export async function confirmOpen(batch: Batch): Promise<void> {
  const summary = `Whether ${batch.open.length} orders are open`;
  const ended = await batchCalls.findEndedOrders.executeWithOptions({ summary }, [batch.open]);
  for (const closed of ended) noteClosed(batch, closed);
}

/** Rows may hold KYC: once all are taken up, none is needed any more. */
export async function deleteRows({ request: { batch, rowSet } }: Batch): Promise<void> {
  await batchCalls.deleteBatchRows.executeWithOptions({ summary: 'Delete the rows' }, [{ batch, rowSet }]);
}
