import { ApplicationFailure } from '@temporalio/common';
import { activityInfo, getClient } from '@temporalio/activity';
import { KYC_NOTIFICATIONS, workflowIdOf, type FailureType } from '@number-orders/contract';
import { NotificationRefusedError, type Notification } from '../notifications/notifier';
import type { ActivityPorts } from './ports';

const TEMPORAL_ANSWERS_WITHIN_MS = 10_000;

export function notificationActivities({ notifier, kycUrl }: ActivityPorts) {
  /** The link is a secret that opens the order. Signed here, so that no argument, result or history contains it. */
  async function withKycUrl(notification: Notification): Promise<Notification> {
    const { type, reference, data } = notification;
    if (!kycUrl || !KYC_NOTIFICATIONS.includes(type)) return notification;
    const firstRunId = await openFirstRunOf(reference);
    return firstRunId === undefined
      ? notification
      : { ...notification, data: { ...data, kycUrl: await kycUrl({ reference, firstRunId }) } };
  }

  return {
    /** Repeatable: the receiver recognises a duplicate by its `webhook-id`. */
    async notify(notification: Notification): Promise<void> {
      try {
        await notifier.notify(await withKycUrl(notification));
      } catch (error) {
        if (!(error instanceof NotificationRefusedError)) throw error;
        throw ApplicationFailure.nonRetryable(error.message, 'NotificationRefused' satisfies FailureType);
      }
    },
  };
}

/** Undefined after the order's end, when links are invalid. */
async function openFirstRunOf(reference: string): Promise<string | undefined> {
  const { workflowExecution: execution } = activityInfo();
  if (execution?.workflowId !== workflowIdOf(reference)) return undefined;
  const client = getClient();
  const { namespace } = client.options;
  const { workflowExecutionInfo } = await client.withDeadline(Date.now() + TEMPORAL_ANSWERS_WITHIN_MS, () =>
    client.workflowService.describeWorkflowExecution({ namespace, execution }),
  );
  return workflowExecutionInfo?.firstRunId || execution.runId;
}
