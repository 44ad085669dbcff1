import { ApplicationFailure } from '@temporalio/common';
import type { FailureType } from '@number-orders/contract';
import { NotificationRefusedError, type Notification } from '../notifications/notifier';
import type { ActivityPorts } from './ports';

export function notificationActivities({ notifier }: ActivityPorts) {
  return {
    /** Repeatable: the receiver knows a repetition by its `webhook-id`. */
    async notify(notification: Notification): Promise<void> {
      try {
        await notifier.notify(notification);
      } catch (error) {
        if (!(error instanceof NotificationRefusedError)) throw error;
        throw ApplicationFailure.nonRetryable(error.message, 'NotificationRefused' satisfies FailureType);
      }
    },
  };
}
