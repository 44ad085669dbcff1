import type { Client } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow';
import { workflowIdOf } from '@number-orders/contract';
import { fetchHistory } from '../histories';
import type { AuditEntry } from './entry';
import { readHistory, type Decode, type HistoryEvent } from './read-history';

export type { AuditEntry } from './entry';

/** What was done to an order in all its runs, oldest first, including earlier attempts. */
export async function auditOrder(client: Client, reference: string): Promise<AuditEntry[]> {
  const decode: Decode = async (payloads) => {
    const [first] = await decodeArrayFromPayloads(client.options.loadedDataConverter, payloads);
    return first;
  };
  const entries: AuditEntry[] = [];
  for (const [runId, events] of await runsOf(client, workflowIdOf(reference))) {
    entries.push(...(await readHistory(runId, events, decode)));
  }
  return entries.sort((a, b) => a.time.localeCompare(b.time));
}

/**
 * The current run, those it continues, and further ones from visibility. Each new attempt begins its own chain, and visibility
 * alone lags by seconds.
 */
async function runsOf(client: Client, workflowId: string): Promise<Map<string, HistoryEvent[]>> {
  const { runId } = await client.workflow.getHandle(workflowId).describe();
  const runIds = [runId];
  for await (const run of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runIds.push(run.runId);
  const runs = new Map<string, HistoryEvent[]>();
  for (let next = runIds.pop(); next; next = runIds.pop()) {
    if (runs.has(next)) continue;
    const { events } = await fetchHistory(client, workflowId, next);
    runs.set(next, events);
    const before = events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    if (before) runIds.push(before);
  }
  return runs;
}
