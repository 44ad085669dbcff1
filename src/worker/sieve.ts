import { Reader, Writer } from 'protobufjs/minimal';

/** What is kept of a message in protobuf's encoding, by the numbers of its fields; one that is not named is kept as it is. */
export type Sieve = Readonly<Record<number, Rule>>;

export interface Rule {
  /** How often it may be there. */
  readonly atMost?: number;
  /** Of a map with texts for keys: which entries. */
  readonly keys?: readonly string[];
  /** What is kept of the message in it. */
  readonly of?: Sieve;
}

/** The message without what the sieve holds back. Nothing is made of that: a million entries cost their bytes to pass over. */
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

/** Of a map's entry: its first field; left out where it is empty. */
function keyOf(entry: Buffer): string {
  const reader = Reader.create(entry);
  return reader.len > 0 && reader.uint32() >>> 3 === 1 ? reader.string() : '';
}
