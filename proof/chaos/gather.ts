import { WorkflowNotFoundError } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import type { Audit } from '../../fake-sinch';
import { NumberOrderFailedError, type ConnectedClient } from '../../src/client';
import { workflowIdOf } from '@number-orders/contract';
import { failedTasks } from '../model/failed-tasks';
import { violationsOf, type Played, type Violation } from '../model/invariants';
import { untilAnswered, type CalledOrder } from './callers';

/** How an order ended, and which rules it broke. */
export interface Ending extends Played {
  reference: string;
  /** The outcome, FAILED if it failed before anything was reserved, or LOST. */
  outcome: string;
  violations: (Violation | { rule: 'no task failed'; problem: string })[];
  /** One for each run, oldest first. */
  histories: History[];
  /** Milliseconds since the epoch. */
  endedAt: number;
}

type History = temporal.api.history.v1.IHistory;

const AT_A_TIME = 8;

/** Compares every order with Sinch's own audit. */
export async function gather(client: ConnectedClient, audit: Audit, orders: readonly CalledOrder[]): Promise<Ending[]> {
  const endings: Ending[] = [];
  const left = [...orders];
  const work = async () => {
    for (let order = left.pop(); order; order = left.pop()) endings.push(await endingOf(client, audit, order));
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return endings;
}

async function endingOf(client: ConnectedClient, audit: Audit, order: CalledOrder): Promise<Ending> {
  const { reference, pieces } = order;
  const histories = await runsOf(client, workflowIdOf(reference));
  const came = await resultOf(client, reference);
  const atSinch = audit.orders.filter(({ callbackUrl }) => callbackUrl?.includes(`/${reference}/`));
  const played: Played = { pieces, atSinch, ...(came.result && { result: came.result }) };
  const lost = came.outcome === 'LOST' ? [{ rule: 'not lost' as const, problem: came.problem }] : violationsOf(played);
  return {
    ...played,
    reference,
    outcome: came.outcome,
    histories,
    endedAt: endOf(histories.at(-1)),
    violations: [
      ...lost,
      ...histories.flatMap(failedTasks).map((problem) => ({ rule: 'no task failed' as const, problem })),
    ],
  };
}

function endOf(history: History | undefined): number {
  const { seconds, nanos } = history?.events?.at(-1)?.eventTime ?? {};
  return Number(seconds ?? 0) * 1_000 + (nanos ?? 0) / 1e6;
}

async function resultOf({ orders, temporal: client }: ConnectedClient, reference: string) {
  const order = await untilKnown(() => client.workflow.getHandle(workflowIdOf(reference)).describe());
  if (!order) return { outcome: 'LOST', problem: 'it was never started' } as const;
  const { status } = order;
  if (status.name === 'RUNNING') return { outcome: 'LOST', problem: 'it never ends' } as const;
  try {
    const result = await untilAnswered(() => orders.result(reference));
    return { outcome: result.outcome, result } as const;
  } catch (error) {
    if (error instanceof NumberOrderFailedError && error.type) return { outcome: 'FAILED' } as const;
    return { outcome: 'LOST', problem: `it has ended without a result: ${status.name}` } as const;
  }
}

/** The histories of a workflow's runs, oldest first. Empty if there is no such workflow. */
export async function runsOf({ temporal: client }: ConnectedClient, workflowId: string): Promise<History[]> {
  const runs: History[] = [];
  for (let runId: string | undefined; runId !== '';) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const history = await untilKnown(() => handle.fetchHistory());
    if (!history) break;
    runs.unshift(history);
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
  }
  return runs;
}

/** Undefined if there is no such workflow. */
async function untilKnown<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await untilAnswered(call);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
