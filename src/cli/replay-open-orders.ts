import { OPEN_RUNS } from '@number-orders/contract';
import { WorkflowNotFoundError, type Client, type HistoryAndWorkflowId } from '@temporalio/client';
import { fetchHistory } from '../client/histories';
import type { ReplaySettings } from '../config/settings';
import { createWorkerDataConverter } from '../data-converter/worker-data-converter';
import { replayHistories } from '../worker/replay';
import { workflowBundle } from '../worker/workflow-code';
import { replayProblem } from './replay-problem';

export interface ReplaySelection {
  /** Narrows down the workflows, as a query of Temporal's visibility. */
  query?: string;
  /** At most this many, newest first. */
  limit: number;
  /** Also workflows that have ended. */
  closed: boolean;
}

/** A run that this build cannot continue. */
export interface Broken {
  workflowId: string;
  runId: string;
  problem: string;
}

export interface ReplayReport {
  /** How many there are, as visibility counts. */
  found: number;
  replayed: number;
  broken: Broken[];
}

/** Replays what is on our task queue, notifications and sweeps too, with the workflow code of this build. */
export async function replayOpenOrders(
  client: Client,
  settings: ReplaySettings,
  selection: ReplaySelection,
): Promise<ReplayReport> {
  const query = visibilityQuery(settings.taskQueue, selection);
  const { count: found } = await client.workflow.count(query);
  const report: ReplayReport = { found, replayed: 0, broken: [] };
  let missingKey: string | undefined;
  const dataConverter = createWorkerDataConverter(settings.encryptionKeys, ({ reason, keyId }) => {
    if (reason === 'KEY_MISSING') missingKey = keyId;
  });
  const sandbox = { dataConverter, traced: settings.traced };
  const replays = replayHistories(sandbox, await workflowBundle(sandbox), historiesOf(client, query, selection.limit));
  for await (const { workflowId, runId, error } of replays) {
    report.replayed += 1;
    if (error) report.broken.push({ workflowId, runId, problem: replayProblem(error, missingKey) });
    missingKey = undefined;
  }
  return report;
}

function visibilityQuery(taskQueue: string, { query, closed }: ReplaySelection): string {
  return [
    `TaskQueue = '${taskQueue}'`,
    ...(closed ? [] : [OPEN_RUNS]),
    ...(query === undefined ? [] : [`(${query})`]),
  ].join(' AND ');
}

async function* historiesOf(client: Client, query: string, limit: number): AsyncGenerator<HistoryAndWorkflowId> {
  let left = limit;
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    if (left === 0) return;
    try {
      yield { workflowId, history: await fetchHistory(client, workflowId, runId) };
      left -= 1;
    } catch (error) {
      // Visibility lags by seconds: a run that was deleted meanwhile does not count.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
}
