import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import { missing } from './outstanding';
import type { Order } from './order';

const stageKey = defineSearchAttributeKey('NumberOrderStage', 'KEYWORD');
const regionKey = defineSearchAttributeKey('NumberOrderRegion', 'KEYWORD');
const expireTimeKey = defineSearchAttributeKey('NumberOrderExpireTime', 'DATETIME');
const sinchOrderIdKey = defineSearchAttributeKey('SinchOrderId', 'KEYWORD');

/**
 * Makes the stage visible to lists and saved views. Each upsert is an event in history, so it is called where an order
 * is about to wait, not where it passes through, and sends only what has changed.
 */
export function publish(order: Order): void {
  refreshDetails(order);
  const { reservation } = order;
  const wanted: SearchAttributeUpdatePair[] = [
    { key: stageKey, value: order.stage },
    { key: regionKey, value: order.request.regionCode },
    ...(reservation
      ? [
          { key: expireTimeKey, value: new Date(reservation.expiresAt) },
          { key: sinchOrderIdKey, value: reservation.sinchOrderId },
        ]
      : []),
  ];
  const current = workflowInfo().typedSearchAttributes;
  const changed = wanted.filter(({ key, value }) => String(current.get(key)) !== String(value));
  if (changed.length > 0) upsertSearchAttributes(changed);
}

/** A plain client's start has no search attributes; without them no list would show an order that is stuck early. */
export function publishToPlainStarts(order: Order): void {
  if (workflowInfo().typedSearchAttributes.get(stageKey) === undefined) publish(order);
}

/** What the Temporal UI shows of an order at first glance. No KYC: current details are not encrypted everywhere. */
export function refreshDetails(order: Order): void {
  const { reservation, request, cancel } = order;
  const awaited = missing(order);
  const lastNotice = order.notices.at(-1);
  const lines = [
    `**${order.stage}** · ${request.numberType} ${request.regionCode} · attempt ${order.attempt}`,
    reservation &&
      `Numbers: ${reservation.phoneNumbers.join(', ') || 'none yet'} · Sinch order \`${reservation.sinchOrderId}\``,
    reservation && !reservation.submitted && `Submit before: ${new Date(reservation.deadline).toISOString()}`,
    awaited.length > 0 && `Still awaited: ${awaited.join(', ')}`,
    order.violations.length > 0 &&
      `Registration refused, fields: ${order.violations.map(({ field }) => `\`${field}\``).join(', ')}`,
    cancel && 'Cancellation asked for',
    lastNotice && `Last: ${lastNotice.message} (${lastNotice.time})`,
  ];
  setCurrentDetails(lines.filter(Boolean).join('\n\n'));
}
