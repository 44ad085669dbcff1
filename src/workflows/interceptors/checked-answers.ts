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

/** An order hangs on what they say, so no operator's button ends them: they are asked again. */
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
  // A batch hangs on these as an order does on its reads, and they may be repeated as freely.
  'startBatchRows',
  'findEndedOrders',
  'deleteBatchRows',
  'copyProfile',
];

/** What was never to be issued twice is not: whether it was done is unknown. */
const isOnceOnly = ({ retry }: Options) => retry?.maximumAttempts === 1;

/** Whether a failure says something of the call: not one that was made by hand, or that was left of changed options. */
function isFinal(error: unknown, activityType: string, options: Options): boolean {
  if (!(error instanceof ActivityFailure) || isOnceOnly(options)) return true;
  const { cause, retryState } = error;
  if (cause instanceof CancelledFailure) return true;
  // Under way when the workflow was reset: Temporal has failed it, and knows no more of it.
  if (cause instanceof ApplicationFailure && cause.type === 'ResetWorkflow') return false;
  if (!READS.some((name) => name === activityType)) return true;
  const outOfTime = cause instanceof TimeoutFailure || retryState === 'TIMEOUT';
  if (outOfTime && options.scheduleToCloseTimeout !== undefined) return true;
  return (
    cause instanceof ApplicationFailure && cause.nonRetryable === true && Object.hasOwn(FAILURES, cause.type ?? '')
  );
}

/**
 * The one place where answers come into workflow code. An operator can complete or fail any activity by hand, with anything:
 * what is no answer counts as none.
 */
export const checkedAnswers: WorkflowOutboundCallsInterceptor = {
  async scheduleActivity(input, next) {
    const { activityType, options, args } = input;
    const noAnswer = (why: string) => {
      const what = options.summary ?? activityType;
      const order = currentOrder();
      if (isOnceOnly(options)) {
        if (order) addNotice(order, `${what}: ${why}; whether it was done is not known`);
        return ApplicationFailure.nonRetryable(`${what}: ${why}`, 'SinchOutcomeUnknown' satisfies FailureType);
      }
      if (order) addNotice(order, `${what}: ${why}; it is asked again`);
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
    throw noAnswer('what it was answered with is no answer');
  },
};
