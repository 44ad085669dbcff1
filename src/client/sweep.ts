import {
  ScheduleAlreadyRunning,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  type Client,
  type ScheduleOptions,
} from '@temporalio/client';
import { ActivityFailure } from '@temporalio/common';
import { SWEEP_ID, SWEEP_WORKFLOW_TYPE, type SweepReport, type SweepRequest } from '@number-orders/contract';
import { NumberOrdersError } from './errors';

/** A sweep that the server missed is left to the next one. */
const CATCH_UP_MS = 60_000;

/** Thrown when documents could not be swept. */
class SweepError extends NumberOrdersError {
  override readonly name = 'SweepError';
}

/** Makes a worker sweep its attachment store, and waits for the report. @throws {SweepError} */
export async function sweepOnce(client: Client, taskQueue: string, request: SweepRequest): Promise<SweepReport> {
  const options = { workflowId: SWEEP_ID, taskQueue, args: [request] };
  try {
    return (await client.workflow.execute(SWEEP_WORKFLOW_TYPE, options)) as SweepReport;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) {
      throw new SweepError(`A sweep is running: workflow ${SWEEP_ID}. Wait for its end.`, { cause: error });
    }
    if (!(error instanceof WorkflowFailedError)) throw error;
    const { cause } = error.cause instanceof ActivityFailure ? error.cause : error;
    throw new SweepError(`The sweep failed: ${cause?.message ?? 'no reason was given'}`, { cause: error });
  }
}

/** Creates or changes the schedule of sweeps. */
export async function scheduleSweeps(client: Client, taskQueue: string, everyMs: number): Promise<'made' | 'changed'> {
  const sweeps: Omit<ScheduleOptions, 'scheduleId'> = {
    spec: { intervals: [{ every: everyMs }] },
    action: {
      type: 'startWorkflow',
      workflowType: SWEEP_WORKFLOW_TYPE,
      workflowId: SWEEP_ID,
      taskQueue,
      args: [{ dryRun: false } satisfies SweepRequest],
    },
    policies: { overlap: 'SKIP', catchupWindow: CATCH_UP_MS },
  };
  try {
    await client.schedule.create({ scheduleId: SWEEP_ID, ...sweeps });
    return 'made';
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
  await client.schedule.getHandle(SWEEP_ID).update(({ state }) => ({ ...sweeps, action: sweeps.action, state }));
  return 'changed';
}
