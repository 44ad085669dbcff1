import { temporal } from '@temporalio/proto';

type Event = temporal.api.history.v1.IHistoryEvent;
type EventType = temporal.api.enums.v1.EventType | null | undefined;

const { EventType } = temporal.api.enums.v1;

/** What a workflow task takes in, if it is not the end of a read that was given up: see {@link readsGivenUp}. */
const TAKEN_IN: readonly EventType[] = [
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
  EventType.EVENT_TYPE_TIMER_FIRED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED,
  EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
  EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED,
  EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED,
];

const OF_TASKS: readonly EventType[] = [
  EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
];

/** Reads are of the cancellation type TRY_CANCEL: once one is given up, Core tells the order nothing of how it ends. */
const READ = /^(await|get|lookup|read|search)[A-Z]/;

/** The reads of a history that were given up, and what came of them after. */
function readsGivenUp(): { note(event: Event): void; hasEnded(event: Event): boolean } {
  const reads = new Set<string>();
  const givenUp = new Set<string>();
  return {
    note({ eventId, activityTaskScheduledEventAttributes, activityTaskCancelRequestedEventAttributes }) {
      if (READ.test(activityTaskScheduledEventAttributes?.activityType?.name ?? '')) reads.add(String(eventId));
      const scheduled = String(activityTaskCancelRequestedEventAttributes?.scheduledEventId);
      if (reads.has(scheduled)) givenUp.add(scheduled);
    },
    hasEnded: (event) => givenUp.has(String(endOf(event)?.scheduledEventId)),
  };
}

function endOf(event: Event): { scheduledEventId?: Event['eventId'] } | null | undefined {
  return (
    event.activityTaskCompletedEventAttributes ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.activityTaskCanceledEventAttributes
  );
}

/**
 * Ids of the tasks that took something in and had no command, and were followed by another at once: a worker that does not
 * remember the order would take them for heartbeats, which a local activity really sends.
 * See docs/decisions/0009-empty-tasks.md.
 */
export function emptyTasks(events: readonly Event[]): string[] {
  const found: string[] = [];
  const reads = readsGivenUp();
  let tookSomethingIn = false;
  events.forEach((event, index) => {
    const { eventId, eventType } = event;
    reads.note(event);
    if (TAKEN_IN.includes(eventType) && !reads.hasEnded(event)) tookSomethingIn = true;
    if (eventType !== EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) return;
    const [next, ...later] = events.slice(index + 1).map((event) => event.eventType);
    const isEmpty = tookSomethingIn && next === EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED;
    const isHeartbeat = later.find((type) => !OF_TASKS.includes(type)) === EventType.EVENT_TYPE_MARKER_RECORDED;
    if (isEmpty && !isHeartbeat) found.push(String(eventId));
    tookSomethingIn = false;
  });
  return found;
}
