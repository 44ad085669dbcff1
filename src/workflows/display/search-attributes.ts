import { SEARCH_ATTRIBUTE_KEYS } from '@number-orders/contract';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { lastReserved, type Order } from '../order/order';
import { outcomeOf } from '../order/view';

/**
 * Makes the stage visible to lists and saved views. Each upsert is an event in history, so it is called where an order
 * is about to wait, not where it passes through, and sends only what has changed.
 */
export function publish(order: Order): void {
  const { reservation, request } = order;
  // An order that is completed at once is published for the first time when its reservation is closed.
  const sinchOrderId = (outcomeOf(order.stage) ? lastReserved(order) : reservation)?.sinchOrderId;
  const wanted: SearchAttributeUpdatePair[] = [
    { key: SEARCH_ATTRIBUTE_KEYS.stage, value: order.stage },
    { key: SEARCH_ATTRIBUTE_KEYS.region, value: request.regionCode },
    ...(request.batch === undefined ? [] : [{ key: SEARCH_ATTRIBUTE_KEYS.batch, value: request.batch }]),
    ...(request.project === undefined ? [] : [{ key: SEARCH_ATTRIBUTE_KEYS.project, value: request.project }]),
    ...(reservation ? [{ key: SEARCH_ATTRIBUTE_KEYS.expireTime, value: new Date(reservation.expiresAt) }] : []),
    ...(sinchOrderId === undefined ? [] : [{ key: SEARCH_ATTRIBUTE_KEYS.sinchOrderId, value: sinchOrderId }]),
  ];
  const current = workflowInfo().typedSearchAttributes;
  const changed = wanted.filter(({ key, value }) => String(current.get(key)) !== String(value));
  if (changed.length > 0) upsertSearchAttributes(changed);
}

/** A start by a plain client sets no search attributes. Without them no list would show an order that is stuck early. */
export function publishToPlainStarts(order: Order): void {
  if (workflowInfo().typedSearchAttributes.get(SEARCH_ATTRIBUTE_KEYS.stage) === undefined) publish(order);
}
