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

/** Only a sender that is refused all the time gets there. */
const MOST_UNDELIVERED = 100;
/** Enough to begin with; the view has them all. */
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
      // Not its message and fields: of a malformed request, they can be whatever was written into it.
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
    // Refused for good, or given up after days: the UI shows the failed activity, and the order goes on.
  }
  order.undelivered = order.undelivered.filter(({ id }) => id !== notification.id);
}

/** Tells the requester, if it asked to be told. Never waits, so that no receiver can hold an order up. */
export function tellRequester(order: Order, type: NotificationType): void {
  const { notificationUrl } = order.request;
  if (!notificationUrl) return;
  const notification = write(order, type, notificationUrl);
  const waiting = [...order.undelivered, notification];
  if (waiting.length > MOST_UNDELIVERED || bytesOf(waiting) > ORDER_BYTES.undelivered) {
    addNotice(order, `${type} is not told: ${order.undelivered.length} notifications wait for the receiver already`);
    return;
  }
  order.undelivered = waiting;
  void deliver(order, notification);
}

/** After continue-as-new, the notifications of the run before that had not arrived. */
export function redeliver(order: Order): void {
  for (const notification of order.undelivered) void deliver(order, notification);
}

/** The last notification, and those that have not arrived, outlive the order: a result never waits for a receiver. */
export async function tellRequesterLast(order: Order, type: NotificationType): Promise<void> {
  const { notificationUrl } = order.request;
  if (!notificationUrl) return;
  await startChild(NOTIFICATIONS_WORKFLOW_TYPE, {
    // Not the workflow's own id: one that is no order's could be too long.
    // Nor the run's: a reset keeps what the order has done, and changes that. Nothing random: tracing draws random numbers too.
    workflowId: `notifications-${workflowIdOf(order.request.reference)}-${Date.now()}`,
    args: [[...order.undelivered, write(order, type, notificationUrl)], order.policy?.retries?.notifications],
    parentClosePolicy: ParentClosePolicy.ABANDON,
    staticSummary: 'Delivers what is left to tell the requester',
  });
}
