import { temporal } from '@temporalio/proto';
import type { History } from './history-json';

const { EventType } = temporal.api.enums.v1;
const { HistoryEvent } = temporal.api.history.v1;

/** What others have sent, which no order can refuse to have in its history. */
const SENT: ReadonlySet<string> = new Set([
  'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
  'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED',
  'EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED',
]);

export interface EventSize {
  type: string;
  bytes: number;
}

/** How large each event is as Temporal keeps it, of those that the order and its activities have made. */
export function ownEvents({ events }: History): EventSize[] {
  return (events ?? [])
    .map((event) => ({
      type: EventType[event.eventType ?? 0] ?? String(event.eventType),
      bytes: HistoryEvent.encode(event).finish().length,
    }))
    .filter(({ type }) => !SENT.has(type));
}
