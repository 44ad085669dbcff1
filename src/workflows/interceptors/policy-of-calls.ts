import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { PROJECT_HEADER } from '@number-orders/contract';
import type { WorkflowOutboundCallsInterceptor } from '@temporalio/workflow';
import type { Activities } from '../../activities';
import { retryOptions, retryTimesOf } from '../calls/retry-times';
import { policyOf } from '../order/policy';
import { currentOrder } from './current-order';

/** Our own activities. All others are calls to Sinch. */
const OUR_OWN: readonly (keyof Activities)[] = [
  'readPolicy',
  'deleteStagedFiles',
  'failLostCalls',
  'notify',
  'sweep',
  'copyProfile',
];

/** Temporal limits rates by task queue, so calls to Sinch get their own queue where one limit holds for all workers. */
export const sinchTaskQueue: WorkflowOutboundCallsInterceptor = {
  scheduleActivity: (input, next) => {
    const taskQueue = currentOrder()?.policy?.sinchTaskQueue;
    const isOurOwn = OUR_OWN.some((name) => name === input.activityType);
    return next(isOurOwn || !taskQueue ? input : { ...input, options: { ...input.options, taskQueue } });
  },
};

/** Which Sinch project a call is for: the worker has its credentials. An order of the default project names none. */
export const projectOfCalls: WorkflowOutboundCallsInterceptor = {
  scheduleActivity: (input, next) => next(withProject(input)),
  scheduleLocalActivity: (input, next) => next(withProject(input)),
};

function withProject<Input extends { activityType: string; headers: Headers }>(input: Input): Input {
  const project = currentOrder()?.request.project;
  const isOurOwn = OUR_OWN.some((name) => name === input.activityType) && input.activityType !== 'readPolicy';
  if (project === undefined || isOurOwn) return input;
  const headers = { ...input.headers, [PROJECT_HEADER]: defaultPayloadConverter.toPayload(project) };
  return { ...input, headers };
}

/** The policy decides when a failed call is retried; calls/activities.ts decides whether it is. */
export const retryTimes: WorkflowOutboundCallsInterceptor = {
  scheduleActivity: (input, next) => {
    const order = currentOrder();
    const { options, activityType } = input;
    if (!order?.policy || !options.retry || options.retry.maximumAttempts === 1) return next(input);
    const times = retryOptions(retryTimesOf(activityType, policyOf(order).retries));
    return next({ ...input, options: { ...options, ...times } });
  },
};
