import { temporal } from '@temporalio/proto';

type Event = temporal.api.history.v1.IHistoryEvent;
type EventType = temporal.api.enums.v1.EventType | null | undefined;

const { EventType } = temporal.api.enums.v1;

/** What a workflow task takes in. */
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

/**
 * Ids of the tasks that took something in and had no command, and were followed by another at once: a worker that does not
 * remember the order would take them for heartbeats, which a local activity really sends.
 * See docs/decisions/0009-empty-tasks.md.
 */
export function emptyTasks(events: readonly Event[]): string[] {
  const found: string[] = [];
  let tookSomethingIn = false;
  events.forEach(({ eventId, eventType }, index) => {
    if (TAKEN_IN.includes(eventType)) tookSomethingIn = true;
    if (eventType !== EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED) return;
    const [next, ...later] = events.slice(index + 1).map((event) => event.eventType);
    const isEmpty = tookSomethingIn && next === EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED;
    const isHeartbeat = later.find((type) => !OF_TASKS.includes(type)) === EventType.EVENT_TYPE_MARKER_RECORDED;
    if (isEmpty && !isHeartbeat) found.push(String(eventId));
    tookSomethingIn = false;
  });
  return found;
}
