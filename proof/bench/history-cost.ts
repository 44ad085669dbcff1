import { temporal } from '@temporalio/proto';

const { EventType } = temporal.api.enums.v1;

export interface HistoryCost {
  events: number;
  /** What Temporal Cloud would bill, without queries and heartbeats, which leave no event. */
  actions: number;
}

/** Each of these is one Action. Activities, markers and updates have their own rules. */
const ONE_ACTION: readonly temporal.api.enums.v1.EventType[] = [
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
  EventType.EVENT_TYPE_TIMER_STARTED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
  EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
  EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED,
  EventType.EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED,
];

/**
 * What a run has cost, by the rules of Temporal Cloud's price list: an activity is an Action for each attempt, and all
 * local activities of one workflow task are one together.
 * Source: https://docs.temporal.io/cloud/actions
 */
export function costOf({ events }: temporal.api.history.v1.IHistory): HistoryCost {
  let actions = 0;
  const tasksWithLocalActivities = new Set<string>();
  for (const event of events ?? []) {
    if (event.eventType && ONE_ACTION.includes(event.eventType)) actions++;
    actions += event.activityTaskStartedEventAttributes?.attempt ?? 0;
    const marker = event.markerRecordedEventAttributes;
    if (marker?.markerName === 'core_local_activity') {
      tasksWithLocalActivities.add(String(marker.workflowTaskCompletedEventId));
    }
  }
  return { events: events?.length ?? 0, actions: actions + tasksWithLocalActivities.size };
}
