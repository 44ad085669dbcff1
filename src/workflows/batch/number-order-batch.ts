import {
  allHandlersFinished,
  CancellationScope,
  continueAsNew,
  setCurrentDetails,
  workflowInfo,
} from '@temporalio/workflow';
import { batchWorkflowIdOf, readBatch, type BatchView, type NumberOrderBatch } from '@number-orders/contract';
import { settings } from '../calls/activities';
import { invalidRequest } from '../calls/invalid-request';
import { local } from '../calls/local-activity';
import { until } from '../calls/until';
import { confirmEveryMs, isOver, newBatch, vacancies, viewOf, type Batch } from './batch';
import { boardOf } from './board';
import { cancelOpenOrders, openOrdersToCancel } from './cancel';
import { handleMessages } from './handle-messages';
import { weighHistory } from './history-size';
import { confirmOpen, deleteRows, startRows } from './start-rows';

/**
 * Many orders, a window of them open at a time, each started once however often the batch is.
 * @param handedOn by the run before this one at continue-as-new; from anybody else it counts for nothing
 */
export async function numberOrderBatch(request: NumberOrderBatch, handedOn?: Batch): Promise<BatchView> {
  const { continuedFromExecutionRunId, startTime } = workflowInfo();
  const carried = continuedFromExecutionRunId ? handedOn : undefined;
  const batch = carried ?? newBatch(taken(request), startTime.getTime());
  handleMessages(batch);
  CancellationScope.current().cancelRequested.catch(() => {
    batch.cancel ??= { reason: "Temporal's own Cancel" };
  });
  // As of an order: cancelling is a wish, never an end to what is under way.
  return CancellationScope.nonCancellable(() => carryOut(batch));
}

/** @throws {ApplicationFailure} of type InvalidRequest */
function taken(argument: unknown): NumberOrderBatch {
  const { violations, value } = readBatch(argument);
  if (violations) throw invalidRequest(violations);
  if (workflowInfo().workflowId === batchWorkflowIdOf(value.batch)) return value;
  throw invalidRequest([
    { field: 'batch', description: 'must fit the workflow id, which is number-orders-batch-<batch>' },
  ]);
}

async function carryOut(batch: Batch): Promise<BatchView> {
  if (batch.continueAsNewEvents === undefined) await readSettings(batch);
  while (!isOver(batch)) {
    weighHistory(batch);
    setCurrentDetails(boardOf(viewOf(batch)));
    if (batch.newRunDue) await startNewRun(batch);
    const vacant = vacancies(batch);
    if (vacant > 0) await startRows(batch, vacant);
    else if (openOrdersToCancel(batch)) await cancelOpenOrders(batch);
    else await waitForNews(batch);
  }
  await deleteRows(batch);
  setCurrentDetails(boardOf(viewOf(batch)));
  await until(allHandlersFinished);
  return viewOf(batch);
}

async function waitForNews(batch: Batch): Promise<void> {
  const something = () => isOver(batch) || vacancies(batch) > 0 || openOrdersToCancel(batch) || batch.newRunDue;
  const woken = await until(something, confirmEveryMs(batch), { summary: 'Until open orders are looked at' });
  if (!woken && batch.open.length > 0) await confirmOpen(batch);
}

async function readSettings(batch: Batch): Promise<void> {
  const summary = "Read the worker's policy";
  const policy = await local(() => settings.readPolicy.executeWithOptions({ summary }, []));
  batch.continueAsNewEvents = policy.continueAsNewEvents;
}

async function startNewRun(batch: Batch): Promise<never> {
  await until(allHandlersFinished);
  batch.newRunDue = false;
  return continueAsNew<typeof numberOrderBatch>(batch.request, batch);
}
