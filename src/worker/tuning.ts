import { ResourceBasedController, type WorkerOptions } from '@temporalio/worker';
import type { TuningSettings } from '../config/settings';

/** The SDK's own beginning, where the setting allows as many. */
const FIRST_POLLERS = 5;

/**
 * Activities that are run whatever the machine is busy with: most of them only wait for Sinch. Slots beyond these come one
 * every 50 ms, and none while the CPU is busy: with few of these, a Sinch that is slow to answer holds back all orders.
 */
const LEAST_ACTIVITIES = 100;

/**
 * How much a worker takes on at once. Many activities are held back while memory or CPU are short, as an upload takes some
 * of both. Workflow tasks are not: the cache bounds their memory, and an order that is held back is one more that waits. A
 * local activity runs within a workflow task, one at a time, so that there are never more of them.
 *
 * Workers of one process that get the same options have one target of memory and CPU together.
 */
export function tuningOptions(tuning: TuningSettings) {
  const { maxCachedWorkflows, maxActivities, targetMemoryUsage, targetCpuUsage, maxPollers } = tuning;
  // Tasks beyond the cache would only push each other out of it.
  const workflowTasks = {
    type: 'fixed-size',
    numSlots: Math.min(tuning.maxWorkflowTasks, maxCachedWorkflows),
  } as const;
  const pollers = { type: 'autoscaling', initial: Math.min(FIRST_POLLERS, maxPollers), maximum: maxPollers } as const;
  return {
    maxCachedWorkflows,
    tuner: {
      workflowTaskSlotSupplier: workflowTasks,
      localActivityTaskSlotSupplier: workflowTasks,
      activityTaskSlotSupplier: {
        type: 'resource-based',
        controller: ResourceBasedController.create({ targetMemoryUsage, targetCpuUsage }),
        minimumSlots: Math.min(LEAST_ACTIVITIES, maxActivities),
        maximumSlots: maxActivities,
      },
      // There are none, but the SDK wants to know.
      nexusTaskSlotSupplier: { type: 'fixed-size', numSlots: 1 },
    },
    workflowTaskPollerBehavior: pollers,
    activityTaskPollerBehavior: pollers,
  } satisfies Partial<WorkerOptions>;
}
