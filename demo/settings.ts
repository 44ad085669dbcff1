import { localSettings, type Addresses } from '../local/environment';

/** Waits so short that a person can watch. */
export function demoSettings(addresses: Addresses): Record<string, string> {
  return {
    ...localSettings(addresses),
    NUMBER_ORDERS_SHUTDOWN_GRACE: '1 second',
    NUMBER_ORDERS_SETTLE_TIME: '2 seconds',
    NUMBER_ORDERS_CORRECTION_QUIET: '2 seconds',
    NUMBER_ORDERS_UPLOAD_POLL: '1 second',
    NUMBER_ORDERS_UPLOAD_POLL_MAX: '1 second',
    NUMBER_ORDERS_REVIEW_POLL: '1 second',
    NUMBER_ORDERS_REVIEW_POLL_MAX: '1 second',
    NUMBER_ORDERS_PROVISIONING_POLL: '1 second',
    NUMBER_ORDERS_PROVISIONING_POLL_MAX: '1 second',
  };
}
