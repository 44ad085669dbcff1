import type { ActivityPorts, OrderPolicy, PollInterval } from '../activities/ports';
import { sinchTaskQueueOf } from '@number-orders/contract';
import type { SettingValues } from './read-settings';
import type { SettingName } from './settings-table';

type Values = SettingValues<SettingName>;

/** The settings for orders of a project. */
export function orderPolicy(values: Values, sinchCallsPerSecond: number | undefined, project?: string): OrderPolicy {
  return {
    // Local activities would bypass the limit.
    localReads: values.NUMBER_ORDERS_LOCAL_READS && sinchCallsPerSecond === undefined,
    ...(sinchCallsPerSecond && { sinchTaskQueue: sinchTaskQueueOf(values.NUMBER_ORDERS_TASK_QUEUE, project) }),
    deadlineMarginMs: values.NUMBER_ORDERS_DEADLINE_MARGIN,
    provisioningTimeoutMs: values.NUMBER_ORDERS_PROVISIONING_TIMEOUT,
    reviewersPatienceMs: values.NUMBER_ORDERS_REVIEWERS_PATIENCE,
    correctionQuietMs: values.NUMBER_ORDERS_CORRECTION_QUIET,
    settleMs: values.NUMBER_ORDERS_SETTLE_TIME,
    reminders: values.NUMBER_ORDERS_REMINDERS,
    reserveForMs: values.NUMBER_ORDERS_RESERVE_FOR,
    searches: values.NUMBER_ORDERS_SEARCHES,
    candidates: values.NUMBER_ORDERS_CANDIDATES,
    unconfirmedCreations: values.NUMBER_ORDERS_UNCONFIRMED_CREATIONS,
    lapseLooks: values.NUMBER_ORDERS_LAPSE_LOOKS,
    lapseAwaitedMs: values.NUMBER_ORDERS_LAPSE_AWAITED,
    retries: retries(values),
    continueAsNewEvents: values.NUMBER_ORDERS_CONTINUE_AS_NEW_EVENTS,
    continueAsNewMessages: values.NUMBER_ORDERS_CONTINUE_AS_NEW_MESSAGES,
  };
}

export function pollIntervals(values: Values): ActivityPorts['polls'] {
  return {
    upload: poll(values.NUMBER_ORDERS_UPLOAD_POLL, values.NUMBER_ORDERS_UPLOAD_POLL_MAX),
    review: reviewPoll(values),
    provisioning: poll(values.NUMBER_ORDERS_PROVISIONING_POLL, values.NUMBER_ORDERS_PROVISIONING_POLL_MAX),
  };
}

/** Each look is an Action of Temporal's and a request to Sinch; a callback has the order look at once. */
function reviewPoll(values: Values): PollInterval {
  const usual = values.NUMBER_ORDERS_CALLBACK_URL === undefined ? WITHOUT_CALLBACKS : WITH_CALLBACKS;
  return poll(values.NUMBER_ORDERS_REVIEW_POLL ?? usual.initialMs, values.NUMBER_ORDERS_REVIEW_POLL_MAX ?? usual.maxMs);
}

const WITHOUT_CALLBACKS: PollInterval = { initialMs: 30_000, maxMs: 3 * 3_600_000 };
/** One that was lost is made up for within a day. */
const WITH_CALLBACKS: PollInterval = { initialMs: 5 * 60_000, maxMs: 24 * 3_600_000 };

function retries(values: Values): OrderPolicy['retries'] {
  return {
    calls: poll(values.NUMBER_ORDERS_RETRY, values.NUMBER_ORDERS_RETRY_MAX),
    uploads: poll(values.NUMBER_ORDERS_UPLOAD_RETRY, values.NUMBER_ORDERS_UPLOAD_RETRY_MAX),
    releases: {
      ...poll(values.NUMBER_ORDERS_RELEASE_RETRY, values.NUMBER_ORDERS_RELEASE_RETRY_MAX),
      forMs: values.NUMBER_ORDERS_RELEASE_RETRY_FOR,
    },
    notifications: {
      ...poll(values.NUMBER_ORDERS_NOTIFICATION_RETRY, values.NUMBER_ORDERS_NOTIFICATION_RETRY_MAX),
      forMs: values.NUMBER_ORDERS_NOTIFICATION_RETRY_FOR,
    },
  };
}

/** A longest wait below the first one is harmless: the first then applies throughout. */
function poll(initialMs: number, maxMs: number): PollInterval {
  return { initialMs, maxMs: Math.max(initialMs, maxMs) };
}
