import { Reader, Writer } from 'protobufjs/minimal';

/** The parts of a protobuf message to keep, by field number. Fields that are not named are kept unchanged. */
export type Sieve = Readonly<Record<number, Rule>>;

export interface Rule {
  /** How often the field may occur. */
  readonly atMost?: number;
  /** For a map with text keys: the entries to keep. */
  readonly keys?: readonly string[];
  /** The parts of the nested message to keep. */
  readonly of?: Sieve;
}

/** The message without the parts that the sieve drops. Those are skipped without being parsed, so a million entries are cheap. */
export function sift(message: Buffer, sieve: Sieve): Buffer {
  const reader = Reader.create(message);
  const seen = new Map<number, number>();
  const parts: Uint8Array[] = [];
  let keptUpTo = 0;
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    const rule = sieve[tag >>> 3];
    if (!rule) {
      reader.skipType(tag & 7);
      continue;
    }
    const times = (seen.get(tag) ?? 0) + 1;
    seen.set(tag, times);
    const length = reader.uint32();
    const content = message.subarray(reader.pos, reader.pos + length);
    reader.skip(length);
    const kept = passes(rule, times, content) ? (rule.of ? sift(content, rule.of) : content) : undefined;
    if (kept === content) continue;
    if (start > keptUpTo) parts.push(message.subarray(keptUpTo, start));
    if (kept) parts.push(Writer.create().uint32(tag).bytes(kept).finish());
    keptUpTo = reader.pos;
  }
  if (keptUpTo === 0) return message;
  return Buffer.concat([...parts, message.subarray(keptUpTo)]);
}

function passes({ atMost = Infinity, keys }: Rule, times: number, content: Buffer): boolean {
  return times <= atMost && (!keys || keys.includes(keyOf(content)));
}

/** The key of a map's entry, its first field; left out if empty. */
function keyOf(entry: Buffer): string {
  const reader = Reader.create(entry);
  return reader.len > 0 && reader.uint32() >>> 3 === 1 ? reader.string() : '';
}
