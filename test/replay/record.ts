import { hostname } from 'node:os';
import type { DataConverter } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { NumberOrderFailedError } from '../../src/client';
import { workflowIdOf } from '@number-orders/contract';
import { historyToJson, type History } from '../support/history-json';
import { openStand, type OrderStand } from '../support/order-stand';
import type { Kind } from './kinds';
import type { Played } from './recorded-histories';

/** Seldom enough for weeks that pass in a moment. */
const SELDOM = { initialMs: 50, maxMs: 3_600_000 };

/** A stand for a kind of order. */
export const openStandFor = ({ options }: Kind, environment: TestWorkflowEnvironment, dataConverter: DataConverter) =>
  openStand(environment, {
    ports: { polls: { upload: SELDOM, review: SELDOM, provisioning: SELDOM } },
    ...options,
    dataConverter,
  });

/** Plays an order of a kind and answers its histories, by the names to keep them under. */
export async function record(stand: OrderStand, kind: Kind): Promise<Map<string, Omit<Played, 'encrypted'>>> {
  const reference = await kind.play(stand);
  const end = await endOf(stand, reference);
  if (end !== kind.end) throw new Error(`${kind.name} ends ${end}, and not ${kind.end}: it shows another kind.`);
  await stand.checkHistory(reference);
  const runs = await stand.runs(reference);
  const workflowId = workflowIdOf(reference);
  const recorded = new Map<string, Omit<Played, 'encrypted'>>();
  for (const [index, run] of runs.entries()) {
    recorded.set(runs.length > 1 ? `${kind.name}-run-${index + 1}` : kind.name, { workflowId, json: told(run) });
  }
  for (const child of childrenOf(runs)) {
    recorded.set(`${kind.name}-notifications`, { workflowId: child, json: told(await historyOfChild(stand, child)) });
  }
  return recorded;
}

async function endOf(stand: OrderStand, reference: string): Promise<string> {
  try {
    return (await stand.client.result(reference)).outcome;
  } catch (error) {
    if (error instanceof NumberOrderFailedError && error.type) return error.type;
    throw error;
  }
}

function childrenOf(runs: History[]): string[] {
  return runs
    .flatMap(({ events }) => events ?? [])
    .flatMap((event) => event.childWorkflowExecutionStartedEventAttributes?.workflowExecution?.workflowId ?? []);
}

async function historyOfChild({ environment }: OrderStand, workflowId: string): Promise<History> {
  const child = environment.client.workflow.getHandle(workflowId);
  await child.result();
  return child.fetchHistory();
}

/** As JSON, without stack traces and what names the machine it was recorded on. Neither matters to a replay. */
function told(history: History): string {
  const machine = `@${hostname()}`;
  const told: unknown = JSON.parse(historyToJson(history), (name, value: unknown) =>
    name === 'stackTrace' || (typeof value === 'string' && value.includes(machine)) ? '' : value,
  );
  return JSON.stringify(told);
}
