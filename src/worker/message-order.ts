import { Reader } from 'protobufjs/minimal';

// Numbers of fields in Temporal's workflow_activation.proto, of SDK Core; a test holds them against the SDK's own encoder.
const JOBS = 5;
const SIGNAL = 7;
const UPDATE = 14;

interface Part {
  bytes: Buffer;
  /** SIGNAL or UPDATE; undefined: anything else. */
  message?: number;
}

/**
 * A WorkflowActivation whose signals come before its updates, each in their own order. After a reset Core hands over an
 * update that is applied again before the signals that came with it, but after them on replay: see decision 13.
 */
export function signalsFirst(activation: Buffer): Buffer {
  const parts = partsOf(activation);
  const messages = parts.filter(({ message }) => message !== undefined);
  const inOrder = messages.toSorted((one, other) => (one.message ?? 0) - (other.message ?? 0));
  if (inOrder.every((part, index) => part === messages[index])) return activation;
  const next = inOrder.values();
  return Buffer.concat(parts.map((part) => (part.message === undefined ? part : (next.next().value ?? part)).bytes));
}

function partsOf(activation: Buffer): Part[] {
  const reader = Reader.create(activation);
  const parts: Part[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    let kind = 0;
    if (tag >>> 3 === JOBS) {
      const end = reader.uint32() + reader.pos;
      kind = reader.pos < end ? reader.uint32() >>> 3 : 0;
      reader.pos = end;
    } else reader.skipType(tag & 7);
    const bytes = activation.subarray(start, reader.pos);
    parts.push(kind === SIGNAL || kind === UPDATE ? { bytes, message: kind } : { bytes });
  }
  return parts;
}
