import { ResourceBasedController, type WorkerOptions } from '@temporalio/worker';
import type { TuningSettings } from '../config/settings';

/** The SDK's own beginning, where the setting allows as many. */
const FIRST_POLLERS = 5;

/** Activities that are run whatever the machine is busy with: most of them only wait for Sinch. */
const LEAST_ACTIVITIES = 10;

/**
 * How much a worker takes on at once. Activities are held back while memory or CPU are short, as an upload takes some of
 * both. Workflow tasks are not: the cache bounds their memory, and an order that is held back is one more that waits. A
 * local activity runs within a workflow task, one at a time, so that there are never more of them.
 */
export function tuningOptions(tuning: TuningSettings) {
  const { maxCachedWorkflows, maxActivities, targetMemoryUsage, targetCpuUsage, maxPollers } = tuning;
  // Tasks beyond the cache would only push each other out of it.
  const workflowTasks = Math.min(tuning.maxWorkflowTasks, maxCachedWorkflows);
  const always = { minimumSlots: workflowTasks, maximumSlots: workflowTasks };
  const polled = { type: 'autoscaling', initial: Math.min(FIRST_POLLERS, maxPollers), maximum: maxPollers } as const;
  return {
    maxCachedWorkflows,
    tuner: {
      // One for all workers of the process that get these options: its memory and CPU are theirs together.
      controller: ResourceBasedController.create({ targetMemoryUsage, targetCpuUsage }),
      workflowTaskSlotOptions: always,
      localActivityTaskSlotOptions: always,
      activityTaskSlotOptions: {
        minimumSlots: Math.min(LEAST_ACTIVITIES, maxActivities),
        maximumSlots: maxActivities,
      },
    },
    workflowTaskPollerBehavior: polled,
    activityTaskPollerBehavior: polled,
  } satisfies Partial<WorkerOptions>;
}
