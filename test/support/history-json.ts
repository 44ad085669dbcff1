import { temporal } from '@temporalio/proto';

export type History = temporal.api.history.v1.IHistory;

const { History } = temporal.api.history.v1;

/**
 * Temporal's history as JSON, and back. Not by the SDK's own `historyToJSON`, which throws wherever npm installs more
 * than one copy of protobufjs.
 */
export function historyToJson(history: History): string {
  return JSON.stringify(History.toObject(History.create(history), { enums: String, longs: String, bytes: String }));
}

export function historyFromJson(json: string): History {
  return History.fromObject(JSON.parse(json) as object);
}
