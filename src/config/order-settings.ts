import { count, flag, milliseconds, shares, wait } from './schemas';
import { setting } from './setting';

/** How orders behave. */
export const ORDER_SETTINGS = {
  NUMBER_ORDERS_LOCAL_READS: setting(
    flag,
    'Read requirements and numbers in a local activity as an order begins: faster. Off if NUMBER_ORDERS_SINCH_CALLS_PER_SECOND is set.',
    { default: 'true' },
  ),
  NUMBER_ORDERS_DEADLINE_MARGIN: setting(
    milliseconds,
    'No submit starts later than this before the reservation lapses, or 5 % of the window if that is less.',
    { default: '5 minutes' },
  ),
  NUMBER_ORDERS_PROVISIONING_TIMEOUT: setting(
    wait,
    'How long linking to SMS and voice may take before the order ends without it.',
    { default: '24 hours' },
  ),
  NUMBER_ORDERS_REVIEWERS_PATIENCE: setting(
    milliseconds,
    'How long Sinch’s reviewers wait for KYC before they give an order up, as far as known: reminders are sent before, according to `NUMBER_ORDERS_REMINDERS`.',
    { default: '24 hours' },
  ),
  NUMBER_ORDERS_CORRECTION_QUIET: setting(
    milliseconds,
    'After corrected KYC, how long nothing more may arrive before the order is placed again.',
    { default: '2 minutes' },
  ),
  NUMBER_ORDERS_SETTLE_TIME: setting(
    wait,
    'After a call to Sinch with unknown outcome, how long until Sinch must have processed it.',
    { default: '1 minute' },
  ),
  NUMBER_ORDERS_REMINDERS: setting(
    shares,
    'Shares of the time for KYC after which the requester is reminded of what is missing; `off`: never.',
    { default: '0.5,0.75,0.9' },
  ),
  NUMBER_ORDERS_RESERVE_FOR: setting(wait, 'How long an order tries to reserve before it gives up.', {
    default: '7 days',
  }),
  NUMBER_ORDERS_SEARCHES: setting(
    count,
    'How many searches in a row may find nothing new before an order gives up; it waits before the third and each later one.',
    { default: '2' },
  ),
  NUMBER_ORDERS_CANDIDATES: setting(
    count,
    'How many numbers of a search may be taken by others in a row before an order waits between two of them.',
    { default: '5' },
  ),
  NUMBER_ORDERS_UNCONFIRMED_CREATIONS: setting(
    count,
    'How many creations of one attempt may stay unconfirmed before the order waits, UNCONFIRMED, for an operator.',
    { default: '3' },
  ),
  NUMBER_ORDERS_LAPSE_LOOKS: setting(
    count,
    'How often Sinch is asked whether a reservation has lapsed before the order ends with it LAPSING.',
    { default: '3' },
  ),
  NUMBER_ORDERS_LAPSE_AWAITED: setting(
    wait,
    'How long after its end a renewal waits for Sinch to release a reservation.',
    { default: '1 day' },
  ),
  NUMBER_ORDERS_RETRY: setting(wait, 'First wait before a failed call is retried; it doubles.', {
    default: '1 second',
  }),
  NUMBER_ORDERS_RETRY_MAX: setting(wait, 'Longest such wait.', { default: '1 minute' }),
  NUMBER_ORDERS_UPLOAD_RETRY: setting(wait, 'First wait before a failed upload is retried; it doubles.', {
    default: '1 second',
  }),
  NUMBER_ORDERS_UPLOAD_RETRY_MAX: setting(wait, 'Longest such wait.', { default: '1 minute' }),
  NUMBER_ORDERS_RELEASE_RETRY: setting(
    wait,
    'First wait before a failed release of a bought number is retried; it doubles.',
    { default: '1 second' },
  ),
  NUMBER_ORDERS_RELEASE_RETRY_MAX: setting(wait, 'Longest such wait.', { default: '10 minutes' }),
  NUMBER_ORDERS_RELEASE_RETRY_FOR: setting(
    wait,
    'How long a release is retried before the result reports it as failed.',
    { default: '1 day' },
  ),
  NUMBER_ORDERS_NOTIFICATION_RETRY: setting(wait, 'First wait before a failed notification is retried; it doubles.', {
    default: '5 seconds',
  }),
  NUMBER_ORDERS_NOTIFICATION_RETRY_MAX: setting(wait, 'Longest such wait.', { default: '1 hour' }),
  NUMBER_ORDERS_NOTIFICATION_RETRY_FOR: setting(wait, 'How long a notification is retried before it is given up.', {
    default: '3 days',
  }),
  NUMBER_ORDERS_UPLOAD_POLL: setting(wait, "First interval between two polls of an upload's status; it doubles.", {
    default: '2 seconds',
  }),
  NUMBER_ORDERS_UPLOAD_POLL_MAX: setting(wait, 'Longest such wait.', { default: '1 minute' }),
  NUMBER_ORDERS_REVIEW_POLL: setting(
    wait.optional(),
    'First wait between two looks at a review; it doubles. Unset: 30 seconds, or 5 minutes where Sinch calls back.',
  ),
  NUMBER_ORDERS_REVIEW_POLL_MAX: setting(
    wait.optional(),
    'Longest such wait. Unset: 3 hours, or 1 day where Sinch calls back.',
  ),
  NUMBER_ORDERS_PROVISIONING_POLL: setting(wait, 'First wait between two looks at linking; it doubles.', {
    default: '10 seconds',
  }),
  NUMBER_ORDERS_PROVISIONING_POLL_MAX: setting(wait, 'Longest such wait.', { default: '10 minutes' }),
  NUMBER_ORDERS_CONTINUE_AS_NEW_EVENTS: setting(
    // A run needs some events before it can wait: with fewer, an order would only continue as new.
    count.refine((value) => value >= 100, { error: 'must be at least 100' }),
    'History events after which an order continues as new.',
    { default: '4000' },
  ),
  NUMBER_ORDERS_CONTINUE_AS_NEW_MESSAGES: setting(count, 'Messages after which an order continues as new.', {
    default: '500',
  }),
};
