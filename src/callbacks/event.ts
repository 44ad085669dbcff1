import { isUtf8 } from 'node:buffer';
import { validateSinchEvent, type SinchEvent, type Violation } from '../contract';

const OPTIONAL_FIELDS = ['timestamp', 'projectId', 'failureCode', 'internalFailureCode'] as const;
const OPTIONAL_FIELD_CHARACTERS = 256;

/**
 * The event in a callback's body, reduced to the fields we know (Sinch may add others), or what is wrong with it.
 * Descriptions never repeat a value.
 */
export function parseEvent(rawBody: Buffer): { event: SinchEvent } | { violations: Violation[] } {
  const body = parseJson(rawBody);
  const violations = validateSinchEvent(body);
  if (violations.length > 0) return { violations };
  const known = body as SinchEvent;
  const { eventId, resourceType, resourceId, eventType, status } = known;
  const event: SinchEvent = { eventId, resourceType, resourceId, eventType, status };
  for (const name of OPTIONAL_FIELDS) {
    const value: unknown = known[name];
    if (typeof value === 'string' && value.length <= OPTIONAL_FIELD_CHARACTERS) event[name] = value;
  }
  return { event };
}

function parseJson(rawBody: Buffer): unknown {
  if (!isUtf8(rawBody)) return undefined;
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return undefined;
  }
}
