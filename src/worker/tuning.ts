import { ResourceBasedController, type WorkerOptions } from '@temporalio/worker';
import type { TuningSettings } from '../config/settings';

/** The SDK's own initial value, if the setting allows it. */
const FIRST_POLLERS = 5;

/**
 * Activities that run regardless of load: most of them only wait for Sinch. Further slots are added one every 50 ms, and none
 * while the CPU is busy: with too few of these, a slow Sinch delays all orders.
 */
const LEAST_ACTIVITIES = 100;

/**
 * The concurrency of a worker. Activities are limited while memory or CPU are short, as an upload takes some of both. Workflow
 * tasks are not: the cache bounds their memory, and holding an order back does not save work. A local activity runs within a
 * workflow task, one at a time, so there are never more of them.
 *
 * Workers of one process with the same options share one target of memory and CPU.
 */
export function tuningOptions(tuning: TuningSettings) {
  const { maxCachedWorkflows, maxActivities, targetMemoryUsage, targetCpuUsage, maxPollers } = tuning;
  // Tasks beyond the cache would only evict each other.
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
      // There are none, but the SDK requires a value.
      nexusTaskSlotSupplier: { type: 'fixed-size', numSlots: 1 },
    },
    workflowTaskPollerBehavior: pollers,
    activityTaskPollerBehavior: pollers,
  } satisfies Partial<WorkerOptions>;
}
