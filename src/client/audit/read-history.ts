import type { temporal } from '@temporalio/proto';
import type { Payload } from '@temporalio/common';
import { SEARCH_ATTRIBUTE_KEYS, clip, FORCED_MEMO, LIMITS } from '@number-orders/contract';
import type { AuditEntry } from './entry';
import { answeredWith, saidIn } from './said';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
/** The value of the first payload; undefined if there is none. One that cannot be decoded becomes a marked value. */
export type Decode = (payloads: Payload[] | null | undefined) => Promise<unknown>;

type Found = Pick<AuditEntry, 'kind' | 'name'> & Partial<AuditEntry>;

const MOST_NAME_CHARACTERS = 64;

/** Reads what was done to an order from the history of one of its runs. */
export async function readHistory(
  runId: string,
  events: readonly HistoryEvent[],
  decode: Decode,
): Promise<AuditEntry[]> {
  const answers = await answersOf(events, decode);
  const entries: AuditEntry[] = [];
  let stage: unknown;
  for (const event of events) {
    const found =
      (await startIn(event, decode)) ??
      stageIn(event, stage) ??
      (await saidBy(event, decode, answers)) ??
      (await endIn(event, decode));
    if (!found) continue;
    if (found.kind === 'STAGE') stage = found.name;
    entries.push({ time: timeOf(event), ...found, runId, eventId: Number(event.eventId) });
  }
  return entries;
}

async function startIn(event: HistoryEvent, decode: Decode): Promise<Found | undefined> {
  const started = event.workflowExecutionStartedEventAttributes;
  if (!started) return undefined;
  const { workflowType, identity, continuedExecutionRunId, memo } = started;
  if (continuedExecutionRunId) return { kind: 'START', name: 'continued', ...by(identity) };
  const forced = memo?.fields?.[FORCED_MEMO];
  const reason = forced && (await decode([forced]));
  return {
    kind: 'START',
    name: workflowType?.name ?? '',
    ...(typeof reason === 'string' && { reason: clip(reason, 2 * LIMITS.reasonBytes) }),
    ...by(identity),
  };
}

function stageIn(event: HistoryEvent, stageBefore: unknown): Found | undefined {
  const upserted = event.upsertWorkflowSearchAttributesEventAttributes?.searchAttributes?.indexedFields;
  const data = upserted?.[SEARCH_ATTRIBUTE_KEYS.stage.name]?.data;
  if (!data) return undefined;
  // Search attributes are never encrypted.
  const stage: unknown = JSON.parse(Buffer.from(data).toString());
  return typeof stage === 'string' && stage !== stageBefore ? { kind: 'STAGE', name: stage } : undefined;
}

async function saidBy(event: HistoryEvent, decode: Decode, answers: Map<string, string>): Promise<Found | undefined> {
  const signal = event.workflowExecutionSignaledEventAttributes;
  if (signal) {
    const name = signal.signalName ?? '';
    const said = saidIn(name, await decode(signal.input?.payloads));
    return { kind: 'SIGNAL', name: name.slice(0, MOST_NAME_CHARACTERS), ...said, ...by(signal.identity) };
  }
  const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest;
  if (update) {
    const name = update.input?.name ?? '';
    const answer = answers.get(update.meta?.updateId ?? '');
    return {
      kind: 'UPDATE',
      name,
      ...saidIn(name, await decode(update.input?.args?.payloads)),
      ...(answer && { answer }),
      ...by(update.meta?.identity),
    };
  }
  const cancel = event.workflowExecutionCancelRequestedEventAttributes;
  return cancel ? { kind: 'SIGNAL', name: "Temporal's own Cancel", ...by(cancel.identity) } : undefined;
}

async function endIn(event: HistoryEvent, decode: Decode): Promise<Found | undefined> {
  const completed = event.workflowExecutionCompletedEventAttributes;
  if (completed) {
    const outcome = answeredWith(await decode(completed.result?.payloads));
    return { kind: 'END', name: 'completed', ...(outcome && { answer: outcome }) };
  }
  const failed = event.workflowExecutionFailedEventAttributes;
  if (failed) {
    const type = failed.failure?.applicationFailureInfo?.type;
    return { kind: 'END', name: 'failed', ...(type && { answer: type }) };
  }
  const terminated = event.workflowExecutionTerminatedEventAttributes;
  if (terminated) {
    const { reason, identity } = terminated;
    return { kind: 'END', name: 'terminated', ...(reason && { reason }), ...by(identity) };
  }
  if (event.workflowExecutionTimedOutEventAttributes) return { kind: 'END', name: 'timed out' };
  if (event.workflowExecutionContinuedAsNewEventAttributes) return { kind: 'END', name: 'continued as new' };
  return undefined;
}

/** Keyed by the update's id. An update that throws was refused by the order. */
async function answersOf(events: readonly HistoryEvent[], decode: Decode): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  for (const { workflowExecutionUpdateCompletedEventAttributes: completed } of events) {
    const id = completed?.meta?.updateId;
    if (!id) continue;
    const answer = completed.outcome?.failure
      ? 'REFUSED'
      : answeredWith(await decode(completed.outcome?.success?.payloads));
    if (answer) answers.set(id, answer);
  }
  return answers;
}

function by(identity: string | null | undefined): Pick<AuditEntry, 'client'> {
  return identity ? { client: identity } : {};
}

function timeOf({ eventTime }: HistoryEvent): string {
  return new Date(Number(eventTime?.seconds ?? 0) * 1_000 + (eventTime?.nanos ?? 0) / 1e6).toISOString();
}
