import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { workflowIdOf } from '@number-orders/contract';
import { devServerAddress } from './temporal';
import { tools } from './tools';

const run = promisify(execFile);

type PendingActivity = temporal.api.workflow.v1.IPendingActivityInfo;

/** What an operator types: Temporal's own command, against the dev server of the tests. Answers what it printed. */
export async function temporalCli(...args: string[]): Promise<string> {
  const { stdout } = await run(tools().temporal, [...args, '--address', devServerAddress()], { maxBuffer: 1e8 });
  return stdout;
}

/** `temporal activity VERB` for one call of an order. */
export function activityCli(verb: string, reference: string, activityId: string, ...args: string[]): Promise<string> {
  return temporalCli('activity', verb, '--workflow-id', workflowIdOf(reference), '--activity-id', activityId, ...args);
}

/** The call of that type that the order waits for, once it is as wanted; under way if nothing else is said. */
export async function pendingCall(
  client: Client,
  reference: string,
  type: string,
  wanted: (call: PendingActivity) => boolean = ({ lastStartedTime }) => Boolean(lastStartedTime),
): Promise<PendingActivity & { activityId: string }> {
  const order = client.workflow.getHandle(workflowIdOf(reference));
  for (const until = Date.now() + 30_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const { raw } = await order.describe();
    const call = raw.pendingActivities?.find(({ activityType }) => activityType?.name === type);
    if (call?.activityId && wanted(call)) return { ...call, activityId: call.activityId };
  }
  throw new Error(`The order waits for no ${type} as wanted`);
}
