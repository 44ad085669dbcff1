import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities';
import { askingAgain } from './asking-again';
import { retryOptions, USUAL_RETRIES } from './retry-times';

/**
 * The policy decides when a failed call is retried (retry-times.ts). These are the defaults; an interceptor replaces them with
 * the order's own. Only `onceOnly` and local activities have a single attempt.
 */
const { calls, releases: releaseTimes, notifications: notificationTimes } = USUAL_RETRIES;
const retried = retryOptions(calls);

/** Longer than the client's own time-outs for a request and its token, so that only a dead worker reaches it. */
const oneRequest = '90 seconds';

/** Reads change nothing at Sinch. They are repeated freely, and cancelled as soon as their answer is no longer needed. */
export const reads = askingAgain(
  proxyActivities<
    Pick<
      Activities,
      | 'lookupNumberRequirements'
      | 'searchAvailableNumbers'
      | 'isNumberAvailable'
      | 'checkPrice'
      | 'awaitProject'
      | 'getNumberOrder'
      | 'getReviewLog'
    >
  >({ startToCloseTimeout: oneRequest, ...retried, cancellationType: ActivityCancellationType.TRY_CANCEL }),
);

/**
 * Reads whose "not yet" is a benign retryable failure with the poll interval as its delay: a poll adds no history, and
 * the UI shows the activity waiting.
 */
export const waits = askingAgain(
  proxyActivities<Pick<Activities, 'awaitReview' | 'awaitKnownAgain' | 'awaitLapse' | 'awaitUpload' | 'awaitNumbers'>>({
    startToCloseTimeout: oneRequest,
    ...retried,
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  }),
);

/**
 * An order may have a hundred numbers, and each is read. The heartbeat tells slow reads from a dead worker, and keeps the results
 * for the next attempt.
 */
export const links = askingAgain(
  proxyActivities<Pick<Activities, 'awaitBoughtNumbers' | 'awaitProvisioning' | 'readProvisioning'>>({
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: oneRequest,
    ...retried,
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  }),
);

/** Reads within an update or a signal: their caller waits for minutes at most. */
export const shortReads = askingAgain(
  proxyActivities<Pick<Activities, 'findNumberOrder' | 'getNumberOrder' | 'getReviewLog' | 'readProvisioning'>>({
    startToCloseTimeout: oneRequest,
    scheduleToCloseTimeout: '2 minutes',
    ...retried,
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  }),
);

/*
 * Only the main line of an order runs local activities, one at a time. Two in one workflow task resolve one after the other at
 * first, but together on replay. Commands that a message handler issued between them would then change places.
 */

/**
 * Policy, lookup and search, tried once in the worker that runs the workflow, so that they need no task of their own.
 * Three seconds fit into a workflow task.
 */
export const beginnings = proxyLocalActivities<Pick<Activities, 'beginOrder'>>({
  scheduleToCloseTimeout: '3 seconds',
  retry: { maximumAttempts: 1 },
});

/** The policy is in the worker's memory. Retried until it answers, as only a broken worker can fail it. */
export const settings = proxyLocalActivities<Pick<Activities, 'readPolicy'>>({ startToCloseTimeout: '3 seconds' });

/**
 * Temporal never retries these: Sinch has no idempotency key. A time-out means "outcome unknown". If a failure proves that
 * the request was not processed, the workflow issues it again: see stages/at-most-once.ts.
 */
export const onceOnly = proxyActivities<Pick<Activities, 'createNumberOrder' | 'submitNumberOrder'>>({
  startToCloseTimeout: oneRequest,
  retry: { maximumAttempts: 1 },
});

/**
 * Sends KYC to Sinch. Repeatable. A cancelled send is awaited, so that it does not land after the one that replaced it; of one
 * without an answer see kyc/doubtful-sends.ts.
 */
export const sends = askingAgain(
  proxyActivities<Pick<Activities, 'updateRegistration'>>({
    startToCloseTimeout: oneRequest,
    ...retried,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  }),
);

/** Documents can be large and lines slow. The heartbeat tells a slow upload from a dead worker. */
export const uploads = askingAgain(
  proxyActivities<Pick<Activities, 'uploadAttachment'>>({
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: '30 seconds',
    ...retried,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  }),
);

/** Compensation. Retried for an hour; then the result says that it failed. */
export const compensations = askingAgain(
  proxyActivities<Pick<Activities, 'deleteStagedFiles'>>({
    startToCloseTimeout: oneRequest,
    scheduleToCloseTimeout: '1 hour',
    ...retried,
  }),
);

/** A number that is not released is billed every month. Right after its purchase Sinch may not know it yet. */
export const releases = askingAgain(
  proxyActivities<Pick<Activities, 'releaseNumber'>>({
    startToCloseTimeout: oneRequest,
    ...retryOptions(releaseTimes),
  }),
);

/** Deleting staged documents takes milliseconds: tried once in this worker first. */
export const localCompensations = proxyLocalActivities<Pick<Activities, 'deleteStagedFiles'>>({
  scheduleToCloseTimeout: '3 seconds',
  retry: { maximumAttempts: 1 },
});

/** A receiver may be down for days. No order waits for it. */
export const notifications = askingAgain(
  proxyActivities<Pick<Activities, 'notify'>>({
    startToCloseTimeout: oneRequest,
    ...retryOptions(notificationTimes),
  }),
);

/** Copies documents within the store. A cancelled copy is awaited, so that it never lands after a deletion. */
export const profiles = askingAgain(
  proxyActivities<Pick<Activities, 'copyProfile'>>({
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: oneRequest,
    ...retried,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  }),
);

/** Calls of a batch. Each may be repeated: an order is started once, however often a start is requested. */
export const batchCalls = askingAgain(
  proxyActivities<Pick<Activities, 'startBatchRows' | 'findEndedOrders' | 'deleteBatchRows'>>({
    startToCloseTimeout: '10 minutes',
    // They beat while they run: a dead worker does not hold up the batch for long.
    heartbeatTimeout: '15 seconds',
    ...retried,
  }),
);
