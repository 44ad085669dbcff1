import { ParentClosePolicy, startChild, uuid4 } from '@temporalio/workflow';
import {
  bytesOf,
  firstWithin,
  NOTIFICATIONS_WORKFLOW_TYPE,
  withTitles,
  workflowIdOf,
  type FailureType,
  type NotificationData,
  type NotificationType,
  ORDER_BYTES,
} from '@number-orders/contract';
import type { Notification } from '../../activities';
import { notifications } from '../calls/activities';
import { missing, missingTitles } from '../order/outstanding';
import { addNotice, lastReserved, type Order } from '../order/order';

/** Reached only when almost every message of a sender is refused. */
const MOST_UNDELIVERED = 100;
/** A notification names only the first ones. The view has them all. */
const NAMES_BYTES = 2_048;

function write(order: Order, type: NotificationType, url: string): Notification {
  const { reservation } = order;
  const last = reservation ?? lastReserved(order);
  const expireTime = reservation && new Date(reservation.expiresAt).toISOString();
  return {
    id: uuid4(),
    type,
    time: new Date(Date.now()).toISOString(),
    url,
    reference: order.request.reference,
    data: {
      stage: order.stage,
      attempt: order.attempt,
      ...(last?.sinchOrderId && { sinchOrderId: last.sinchOrderId }),
      phoneNumbers: last?.phoneNumbers ?? [],
      ...(expireTime && { expireTime }),
      missing: firstWithin(NAMES_BYTES, missing(order)),
      missingTitles: firstWithin(NAMES_BYTES, missingTitles(order)),
      ...(type === 'order.kyc_refused' && fieldsRefused(order)),
      // Its type alone: the message of a malformed request can repeat what its sender wrote.
      ...(type === 'order.failed' && order.failure && { failure: order.failure.type as FailureType }),
    },
  };
}

function fieldsRefused({ requirements, violations }: Order): Pick<NotificationData, 'fields' | 'fieldTitles'> {
  const fields = firstWithin(
    NAMES_BYTES,
    violations.map(({ field }) => field),
  );
  const titles = withTitles(requirements, violations.slice(0, fields.length)).flatMap(({ field, title }) =>
    title === undefined ? [] : [{ field, title }],
  );
  return { fields, fieldTitles: firstWithin(NAMES_BYTES, titles) };
}

async function deliver(order: Order, notification: Notification): Promise<void> {
  try {
    await notifications.notify.executeWithOptions({ summary: notification.type }, [notification]);
  } catch {
    // Refused, or given up after days. The UI shows the failed activity, and the order continues.
    addNotice(order, `${notification.type} could not be delivered, and is not retried`);
  }
  order.undelivered = order.undelivered.filter(({ id }) => id !== notification.id);
}

/** Notifies the requester, if it gave a URL. Never waits: no receiver can delay an order. */
export function tellRequester(order: Order, type: NotificationType): void {
  const { notificationUrl } = order.request;
  if (!notificationUrl) return;
  const notification = write(order, type, notificationUrl);
  const waiting = [...order.undelivered, notification];
  if (waiting.length > MOST_UNDELIVERED || bytesOf(waiting) > ORDER_BYTES.undelivered) {
    addNotice(order, `${type} is not sent: ${order.undelivered.length} notifications are pending already`);
    return;
  }
  order.undelivered = waiting;
  void deliver(order, notification);
}

/** After continue-as-new: sends the notifications that the previous run has not delivered. */
export function redeliver(order: Order): void {
  for (const notification of order.undelivered) void deliver(order, notification);
}

/** A child workflow delivers the last notification and those that are pending. The result never waits for a receiver. */
export async function tellRequesterLast(order: Order, type: NotificationType): Promise<void> {
  const { notificationUrl } = order.request;
  if (!notificationUrl) return;
  await startChild(NOTIFICATIONS_WORKFLOW_TYPE, {
    // Neither the workflow's id, which may be too long if it is not ours, nor the run's id, which a reset changes. Not random
    // either: tracing draws random numbers too.
    workflowId: `notifications-${workflowIdOf(order.request.reference)}-${Date.now()}`,
    args: [[...order.undelivered, write(order, type, notificationUrl)], order.policy?.retries?.notifications],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: 'Delivers the remaining notifications to the requester',
  });
}
