import { isUtf8 } from 'node:buffer';
import { readSinchEvent, type Read, type SinchEvent } from '@number-orders/contract';

/**
 * The event in a callback's body, reduced to the fields we know (Sinch may add others), or what is wrong with it.
 * Descriptions never repeat a value.
 */
export function parseEvent(rawBody: Buffer): Read<SinchEvent> {
  return readSinchEvent(parseJson(rawBody));
}

function parseJson(rawBody: Buffer): unknown {
  if (!isUtf8(rawBody)) return undefined;
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    return undefined;
  }
}
