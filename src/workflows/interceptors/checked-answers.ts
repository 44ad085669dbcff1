import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  TimeoutFailure,
  type WorkflowOutboundCallsInterceptor,
} from '@temporalio/workflow';
import { FAILURES, type FailureType } from '@number-orders/contract';
import type { Activities } from '../../activities';
import { isAnswer } from '../calls/answers';
import { currentOrder } from './current-order';
import { addNotice } from '../order/order';
import { NO_ANSWER } from '../calls/asking-again';

type Options = Parameters<NonNullable<WorkflowOutboundCallsInterceptor['scheduleActivity']>>[0]['options'];

/** The order depends on their answers, so an operator who completes one by hand does not end it: the call is repeated. */
const READS: readonly (keyof Activities)[] = [
  'lookupNumberRequirements',
  'searchAvailableNumbers',
  'isNumberAvailable',
  'checkPrice',
  'awaitProject',
  'findNumberOrder',
  'getNumberOrder',
  'getReviewLog',
  'readProvisioning',
  'awaitReview',
  'awaitKnownAgain',
  'awaitLapse',
  'awaitUpload',
  'awaitNumbers',
  'awaitBoughtNumbers',
  'awaitProvisioning',
  // A batch depends on these as an order does on its reads. They can be repeated as freely.
  'startBatchRows',
  'findEndedOrders',
  'deleteBatchRows',
  'copyProfile',
];

/** These are never issued twice: their outcome is unknown. */
const isOnceOnly = ({ retry }: Options) => retry?.maximumAttempts === 1;

/** Whether a failure tells anything about the call. One that was made by hand, or that follows from changed options, does not. */
function isFinal(error: unknown, activityType: string, options: Options): boolean {
  if (!(error instanceof ActivityFailure) || isOnceOnly(options)) return true;
  const { cause, retryState } = error;
  if (cause instanceof CancelledFailure) return true;
  // In flight when the workflow was reset: Temporal has failed it, and its outcome is unknown.
  if (cause instanceof ApplicationFailure && cause.type === 'ResetWorkflow') return false;
  if (!READS.some((name) => name === activityType)) return true;
  const outOfTime = cause instanceof TimeoutFailure || retryState === 'TIMEOUT';
  if (outOfTime && options.scheduleToCloseTimeout !== undefined) return true;
  return (
    cause instanceof ApplicationFailure && cause.nonRetryable === true && Object.hasOwn(FAILURES, cause.type ?? '')
  );
}

/**
 * The one place where activity results enter workflow code. An operator can complete or fail any activity by hand, with any
 * value. An unusable result counts as no answer.
 */
export const checkedAnswers: WorkflowOutboundCallsInterceptor = {
  async scheduleActivity(input, next) {
    const { activityType, options, args } = input;
    const noAnswer = (why: string) => {
      const what = options.summary ?? activityType;
      const order = currentOrder();
      if (isOnceOnly(options)) {
        if (order) addNotice(order, `${what}: ${why}; its outcome is unknown`);
        return ApplicationFailure.nonRetryable(`${what}: ${why}`, 'SinchOutcomeUnknown' satisfies FailureType);
      }
      if (order) addNotice(order, `${what}: ${why}; it is repeated`);
      return ApplicationFailure.nonRetryable(`${what}: ${why}`, NO_ANSWER);
    };
    let answer: unknown;
    try {
      answer = await next(input);
    } catch (error) {
      if (isFinal(error, activityType, options)) throw error;
      throw noAnswer('the call was ended from outside');
    }
    if (isAnswer(activityType, answer, args)) return answer;
    throw noAnswer('it was completed with an unusable result');
  },
};
