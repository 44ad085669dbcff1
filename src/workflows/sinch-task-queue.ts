import type { WorkflowOutboundCallsInterceptor } from '@temporalio/workflow';
import type { Activities } from '../activities';

/** All others are calls to Sinch. */
const OUR_OWN: readonly (keyof Activities)[] = ['readPolicy', 'deleteStagedFiles', 'notify', 'sweep'];

/** Of this workflow alone: each has modules of its own. */
let taskQueue: string | undefined;

/** From here on; undefined: calls to Sinch go where the order's workflow tasks go. */
export function callSinchOn(queue: string | undefined): void {
  taskQueue = queue;
}

/** A rate limit is a task queue's, so where calls to Sinch are limited for all workers together they have one to themselves. */
export const sinchTaskQueue: WorkflowOutboundCallsInterceptor = {
  scheduleActivity: (input, next) => {
    const isOurOwn = OUR_OWN.some((name) => name === input.activityType);
    return next(isOurOwn || !taskQueue ? input : { ...input, options: { ...input.options, taskQueue } });
  },
};
