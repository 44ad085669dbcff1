/** The metrics that the workflow emits, with their help texts in Prometheus. A test compares docs/metrics.md with them. */
export const METRICS = {
  number_orders_stage_entered_total: 'Stages that orders have entered',
  number_orders_ended_total: 'Orders that have ended',
  number_orders_reservation_to_submit_seconds: 'Time from a reservation to its submission',
  number_orders_time_left_at_submit_seconds: 'Time a reservation had left when it was submitted',
  number_orders_kyc_refused_total: 'Registrations and attachments that were refused',
  number_orders_unclear_calls_total: 'Creations and submissions that Sinch may have carried out',
  number_orders_reminders_total: 'Reminders of awaited KYC',
  number_orders_reservations_orphaned_total:
    'Reservations that orders may have left behind at Sinch, tracked by no one',
  number_orders_unknown_states_total: 'Times that Sinch reported an unknown state of an order',
  number_orders_unencrypted_kyc_total: 'KYC that arrived in plain text where there are encryption keys',
  number_orders_signals_ignored_total: 'Signals to orders that were ignored',
  number_orders_undecodable_messages_total: 'Messages to orders whose content could not be decoded',
} as const;

export type MetricName = keyof typeof METRICS;
