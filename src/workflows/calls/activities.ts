import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities';
import { EARLIER_POLICY } from '../order/policy';
import { askingAgain } from './asking-again';
import { retryOptions } from './retry-times';

/**
 * When a failed call is retried is the policy's affair, see retry-times.ts: an interceptor puts an order's own times in the
 * place of these. Nothing but `onceOnly` and local activities is limited to one attempt.
 */
const { calls, releases: releaseTimes, notifications: notificationTimes } = EARLIER_POLICY.retries;
const retried = retryOptions(calls);

/** Above what the client allows a request and its token: a worker that died is noticed soon after. */
const oneRequest = '90 seconds';

/** Reads change nothing at Sinch: repeated at will, and dropped at once when nobody waits for them any more. */
export const reads = askingAgain(
  proxyActivities<
    Pick<
      Activities,
      'lookupNumberRequirements' | 'searchAvailableNumbers' | 'isNumberAvailable' | 'getNumberOrder' | 'getReviewLog'
    >
  >({ startToCloseTimeout: oneRequest, ...retried, cancellationType: ActivityCancellationType.TRY_CANCEL }),
);

/**
 * Reads whose "not yet" is a benign retryable failure with the poll interval as its delay: a look adds no history, and
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
 * An order may have a hundred numbers, each to be looked at: the heartbeat tells slow looks from a dead worker, and keeps
 * what was seen for the next attempt.
 */
export const links = askingAgain(
  proxyActivities<Pick<Activities, 'awaitBoughtNumbers' | 'awaitProvisioning' | 'readProvisioning'>>({
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: oneRequest,
    ...retried,
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  }),
);

/** Within an update or a signal a read is a courtesy: nobody waits for hours. */
export const shortReads = askingAgain(
  proxyActivities<Pick<Activities, 'findNumberOrder' | 'getNumberOrder' | 'getReviewLog' | 'readProvisioning'>>({
    startToCloseTimeout: oneRequest,
    scheduleToCloseTimeout: '2 minutes',
    ...retried,
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  }),
);

/*
 * Local activities are for the main line of an order alone, one at a time. Two of one workflow task are resolved one after
 * the other when they first run, and together on replay: what a message handler did between them would come in another
 * order then.
 */

/**
 * Policy, lookup and search, tried once in the worker that runs the workflow: in the ordinary case they cost no task of
 * their own. Three seconds stay well within a workflow task.
 */
export const beginnings = proxyLocalActivities<Pick<Activities, 'beginOrder'>>({
  scheduleToCloseTimeout: '3 seconds',
  retry: { maximumAttempts: 1 },
});

/** The policy is a value in the worker's memory; only a worker without any could fail it, so it is asked until it answers. */
export const settings = proxyLocalActivities<Pick<Activities, 'readPolicy'>>({ startToCloseTimeout: '3 seconds' });

/**
 * Never repeated by Temporal: Sinch has no idempotency key. A time-out means "outcome unknown"; what proves that the
 * request was not processed is issued again by the workflow, see stages/at-most-once.ts.
 */
export const onceOnly = proxyActivities<Pick<Activities, 'createNumberOrder' | 'submitNumberOrder'>>({
  startToCloseTimeout: oneRequest,
  retry: { maximumAttempts: 1 },
});

/**
 * KYC on its way to Sinch: repeatable. A cancelled send is waited for, so that an earlier one never lands after the
 * one that replaced it.
 */
export const sends = askingAgain(
  proxyActivities<Pick<Activities, 'updateRegistration'>>({
    startToCloseTimeout: oneRequest,
    ...retried,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  }),
);

/** Documents can be large and lines slow; the heartbeat tells a slow one from a dead worker. */
export const uploads = askingAgain(
  proxyActivities<Pick<Activities, 'uploadAttachment'>>({
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: '30 seconds',
    ...retried,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  }),
);

/** Compensation: tried for long, but a result is not held back for ever; what failed is in it. */
export const compensations = askingAgain(
  proxyActivities<Pick<Activities, 'deleteStagedFiles'>>({
    startToCloseTimeout: oneRequest,
    scheduleToCloseTimeout: '1 hour',
    ...retried,
  }),
);

/** What is not released is billed month after month; and right after its purchase Sinch may not know a number yet. */
export const releases = askingAgain(
  proxyActivities<Pick<Activities, 'releaseNumber'>>({
    startToCloseTimeout: oneRequest,
    ...retryOptions(releaseTimes),
  }),
);

/** The staged documents are ours to delete, and most often gone within milliseconds: tried once in this worker first. */
export const localCompensations = proxyLocalActivities<Pick<Activities, 'deleteStagedFiles'>>({
  scheduleToCloseTimeout: '3 seconds',
  retry: { maximumAttempts: 1 },
});

/** A receiver may be down for days. Nothing waits for it. */
export const notifications = askingAgain(
  proxyActivities<Pick<Activities, 'notify'>>({
    startToCloseTimeout: oneRequest,
    ...retryOptions(notificationTimes),
  }),
);
