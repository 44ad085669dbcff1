import { metricMeter } from '@temporalio/workflow';
import type { FailureType, OpenStage, Outcome } from '@number-orders/contract';
import { METRICS, type MetricName } from './metric-names';
import type { Order, Reservation, IgnoredBecause } from '../order/order';

/** What is counted of an order: see docs/metrics.md. Nothing is counted again on replay. */

/** Labels have few values, and never name an order or a person: every combination is a time series of its own. */
const labelsOf = (order: Order) => ({
  region: order.request.regionCode,
  number_type: order.request.numberType,
  project: projectOf(order),
});

/** A project that no worker knows can have any name. */
function projectOf({ request: { project }, policy, unknownProject }: Order): string {
  if (project === undefined) return 'default';
  return policy && !unknownProject ? project : 'unknown';
}

function count(name: MetricName, labels: Record<string, string>): void {
  metricMeter.createCounter(name, undefined, METRICS[name]).add(1, labels);
}

function record(name: MetricName, ms: number, labels: Record<string, string>): void {
  // The meter throws at a negative value, and a wrong clock at Sinch must not fail a workflow task.
  const seconds = ms > 0 ? ms / 1_000 : 0;
  metricMeter.createHistogram(name, 'float', 's', METRICS[name]).record(seconds, labels);
}

export function countStage(order: Order, stage: OpenStage): void {
  count('number_orders_stage_entered_total', { stage, ...labelsOf(order) });
}

export function countEnd(order: Order, outcome: Outcome | 'FAILED'): void {
  count('number_orders_ended_total', { outcome, ...labelsOf(order) });
  for (const { state } of order.reservations) {
    if (state === 'POSSIBLY_ORPHANED') count('number_orders_reservations_orphaned_total', labelsOf(order));
  }
}

export function recordSubmit(order: Order, { createdAt, expiresAt }: Reservation): void {
  record('number_orders_reservation_to_submit_seconds', Date.now() - createdAt, labelsOf(order));
  record('number_orders_time_left_at_submit_seconds', expiresAt - Date.now(), labelsOf(order));
}

/** Why KYC was refused: Sinch's failure type; `UploadFailed`, its verdict on a document; `NotTaken`, our own refusal. */
export type KycRefusal = FailureType | 'UploadFailed' | 'NotTaken';

export function countKycRefusal(order: Order, kind: 'registration' | 'attachment', reason: KycRefusal): void {
  count('number_orders_kyc_refused_total', { kind, reason, ...labelsOf(order) });
}

/** Sinch may or may not have done it. */
export function countUnclear(order: Order, call: 'creation' | 'submission'): void {
  count('number_orders_unclear_calls_total', { call, ...labelsOf(order) });
}

/** @param gone the share of the time for KYC that had passed when the reminder was due */
export function countReminder(order: Order, gone: number): void {
  const percent = String(Math.round(gone * 100));
  count('number_orders_reminders_total', { stage: order.stage, percent, ...labelsOf(order) });
}

export function countUnknownState(order: Order): void {
  count('number_orders_unknown_states_total', labelsOf(order));
}

export function countUnencrypted(order: Order): void {
  count('number_orders_unencrypted_kyc_total', labelsOf(order));
}

/** @param message a name of the contract, never one that a sender chose */
export function countUndecodable(message: string): void {
  count('number_orders_undecodable_messages_total', { message });
}

/** @param signal a name of the contract, or `other` */
export function countIgnored(signal: string, because: IgnoredBecause): void {
  count('number_orders_signals_ignored_total', { signal, because });
}
