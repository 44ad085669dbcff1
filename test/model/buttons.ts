import { randomUUID } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import fc from '../support/fast-check';
import { workflowIdOf } from '@number-orders/contract';
import type { OrderStand } from '../support/order-stand';

/** What an operator presses in Temporal's Web UI, or types: on the call that an order waits for, or on its run. */
export type Button =
  | { button: 'pause' | 'unpause' | 'reset' | 'allowAttempts' | 'fail' }
  /** With what is no answer of that call. */
  | { button: 'complete'; answer: unknown }
  | { button: 'resetRun'; to: 'first' | 'last' };

type PendingCall = temporal.api.workflow.v1.IPendingActivityInfo;

const NO_ANSWERS = [
  null,
  {},
  [{}],
  'done',
  7,
  { order: {} },
  { idNumberOrder: '01JHAND', state: 'CREATED' },
  { idNumberOrder: '01JHAND', state: 'IN_REVIEW', orderNumbers: [{}] },
];

export const button: fc.Arbitrary<Button> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      button: fc.constantFrom('pause' as const, 'unpause' as const, 'reset' as const, 'allowAttempts' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ button: 'fail' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      button: fc.constant('complete' as const),
      answer: fc.constantFrom<unknown[]>(...NO_ANSWERS),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      button: fc.constant('resetRun' as const),
      to: fc.constantFrom('first' as const, 'last' as const),
    }),
  },
);

/** Fails where Temporal refuses it, as it does when the call has ended meanwhile. */
export async function press(stand: OrderStand, reference: string, pressed: Button): Promise<void> {
  const { client, connection, namespace = 'default' } = stand.environment;
  const { workflowService } = connection;
  const execution = { workflowId: workflowIdOf(reference) };
  if (pressed.button === 'resetRun') return resetRun(stand, reference, pressed.to);

  const { raw, runId } = await client.workflow.getHandle(execution.workflowId).describe();
  const id = raw.pendingActivities?.[0]?.activityId;
  if (!id) return;
  const call = { ...execution, runId, activityId: id };
  switch (pressed.button) {
    case 'pause':
      await workflowService.pauseActivity({ namespace, execution, id, requestId: randomUUID() });
      return;
    case 'unpause':
      await workflowService.unpauseActivity({ namespace, execution, id });
      return;
    case 'reset':
      await workflowService.resetActivity({ namespace, execution, id });
      return;
    case 'allowAttempts':
      await workflowService.updateActivityOptions({
        namespace,
        execution,
        id,
        activityOptions: { retryPolicy: { maximumAttempts: 5 } },
        updateMask: { paths: ['retry_policy.maximum_attempts'] },
      });
      return;
    case 'fail':
      await client.activity.fail(call, ApplicationFailure.create({ message: 'by hand', details: [{ violations: 7 }] }));
      return;
    case 'complete':
      await client.activity.complete(call, pressed.answer);
  }
}

/** What was paused goes on, if it has not ended meanwhile. */
export async function unpauseAll(stand: OrderStand, reference: string, calls: readonly PendingCall[]): Promise<void> {
  const { connection, namespace = 'default' } = stand.environment;
  const execution = { workflowId: workflowIdOf(reference) };
  for (const { activityId: id, paused } of calls)
    if (id && paused)
      await connection.workflowService.unpauseActivity({ namespace, execution, id }).catch(() => undefined);
}

/** As `temporal workflow reset --type FirstWorkflowTask` and `LastWorkflowTask` do. */
async function resetRun(stand: OrderStand, reference: string, to: 'first' | 'last'): Promise<void> {
  const { client, connection, namespace = 'default' } = stand.environment;
  const order = client.workflow.getHandle(workflowIdOf(reference));
  const { events } = await order.fetchHistory();
  const tasks = (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes);
  const task = to === 'first' ? tasks[0] : tasks.at(-1);
  if (!task?.eventId) return;
  await connection.workflowService.resetWorkflowExecution({
    namespace,
    workflowExecution: { workflowId: workflowIdOf(reference) },
    reason: 'as the schedule says',
    requestId: randomUUID(),
    workflowTaskFinishEventId: task.eventId,
    resetReapplyType: temporal.api.enums.v1.ResetReapplyType.RESET_REAPPLY_TYPE_ALL_ELIGIBLE,
  });
}
