import { temporal } from '@temporalio/proto';
import { emptyTasks } from '../support/empty-tasks';
import { historyFromJson } from '../support/history-json';

const { EventType } = temporal.api.enums.v1;

/** A task that calls Sinch; one that gives the call up; one that its end brings about, during which something else happens. */
function historyWhere(activity: string) {
  const events = [
    { eventId: 1, eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED },
    {
      eventId: 2,
      eventType: EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
      activityTaskScheduledEventAttributes: { activityType: { name: activity } },
    },
    { eventId: 3, eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED },
    { eventId: 4, eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED },
    {
      eventId: 5,
      eventType: EventType.EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED,
      activityTaskCancelRequestedEventAttributes: { scheduledEventId: 2 },
    },
    {
      eventId: 6,
      eventType: EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
      activityTaskCompletedEventAttributes: { scheduledEventId: 2 },
    },
    { eventId: 7, eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED },
    { eventId: 8, eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED },
  ];
  return historyFromJson(JSON.stringify({ events })).events ?? [];
}

describe('the check for workflow tasks that issue no command', () => {
  it('reports a task that only received the end of a write, which the order waits for', () => {
    expect(emptyTasks(historyWhere('uploadAttachment'))).toEqual(['7']);
  });

  it('accepts a task that only received the end of a cancelled read, which the order ignores', () => {
    expect(emptyTasks(historyWhere('awaitReview'))).toEqual([]);
  });
});
