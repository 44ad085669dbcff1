import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { failedTasks } from '../../proof/model/failed-tasks';
import { fetchHistory } from '../../src/client/histories';
import { SiftingWorker } from '../../src/worker/sifting-worker';
import { emptyTasks } from './empty-tasks';
import { historyToJson } from './history-json';
import { workflowBundle } from './workflow-bundle';

export type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** The histories of an order's runs, oldest first: each continued as the next. */
export async function runsOf({ client }: TestWorkflowEnvironment, workflowId: string): Promise<History[]> {
  const runs: History[] = [];
  for (let runId = (await client.workflow.getHandle(workflowId).describe()).runId; runId !== '';) {
    const history = await fetchHistory(client, workflowId, runId);
    runs.unshift(history);
    runId = history.events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
  }
  return runs;
}

/** Fails if a workflow task of any run had failed, or had no command, or if today's code does not replay it. One worker replays all. */
export async function checkHistories(
  environment: TestWorkflowEnvironment,
  workflowIds: readonly string[],
  dataConverter: DataConverter,
): Promise<void> {
  let checked: History = {};
  async function* histories() {
    for (const workflowId of workflowIds) {
      for (const history of await runsOf(environment, workflowId)) {
        checked = history;
        await checkTasks(history, workflowId);
        yield { workflowId, history };
      }
    }
  }
  const options = { workflowBundle: await workflowBundle(dataConverter), dataConverter };
  for await (const { workflowId, error } of SiftingWorker.runReplayHistories(options, histories())) {
    if (error)
      throw new Error(`The history, kept as ${await keep(checked, workflowId)}, does not replay`, { cause: error });
  }
}

async function checkTasks(history: History, workflowId: string): Promise<void> {
  const failed = failedTasks(history);
  if (failed.length > 0) {
    const kept = await keep(history, workflowId);
    throw new Error(`A workflow task failed, its history is kept as ${kept}: ${failed.join('; ')}`);
  }
  const empty = emptyTasks(history.events ?? []);
  if (empty.length > 0) {
    const kept = await keep(history, workflowId);
    throw new Error(`Workflow tasks had no command, see events ${empty.join(', ')} of ${kept}`);
  }
}

/** For whoever looks into it: the server that has it is gone by then. Its KYC is made up. */
export async function keep(history: History, workflowId: string): Promise<string> {
  const folder = path.join(__dirname, '../../.number-orders/failed-replays');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${workflowId}.json`);
  await writeFile(file, historyToJson(history));
  return file;
}
