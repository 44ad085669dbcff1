import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { METADATA_ENCODING_KEY, type Payload } from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding';
import { temporal } from '@temporalio/proto';
import { KEY_ID_PATTERN, type EncryptionKey, type KeySource } from './keys';
import type { UndecodableDetails } from './undecodable';

/**
 * How a payload looks encrypted. Metadata: `encoding` and `encryption-key-id`; data: 12 bytes of IV, the ciphertext, 16
 * bytes of GCM tag. The plain text is the whole payload as protobuf, so its own metadata is hidden as well; where that
 * pays, it is wrapped once more, deflated.
 */
export const ENCRYPTED = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';
const DEFLATED = 'binary/zlib';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Below it there is little to win. */
const WORTH_DEFLATING_BYTES = 1024;
/** Far above what Temporal takes; a bound for what inflates into more than anybody can have sent. */
const MOST_INFLATED_BYTES = 64 * 1024 * 1024;

const { Payload: PayloadProto } = temporal.api.common.v1;
const deflated = promisify<Uint8Array, Buffer>(deflate);
const inflated = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate);

export async function encrypt({ id, key }: EncryptionKey, payload: Payload): Promise<Payload> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(boundTo(id));
  const plain = PayloadProto.encode(await compact(payload)).finish();
  const data = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { [METADATA_ENCODING_KEY]: encode(ENCRYPTED), [KEY_ID]: encode(id) }, data };
}

/**
 * @returns the payload, or what is wrong with it
 * @throws {Error} only when the source of keys does: nothing is known then
 */
export async function decrypt(keys: KeySource | undefined, payload: Payload): Promise<Payload | UndecodableDetails> {
  const id = decode(payload.metadata?.[KEY_ID] ?? new Uint8Array());
  const unreadable = (reason: 'KEY_MISSING' | 'MALFORMED'): UndecodableDetails => ({
    reason,
    encoding: ENCRYPTED,
    // It is shown to people: only what can be the id of a key.
    ...(KEY_ID_PATTERN.test(id) && { keyId: id }),
    digest: createHash('sha256').update(PayloadProto.encode(payload).finish()).digest('hex'),
  });
  if (!KEY_ID_PATTERN.test(id)) return unreadable('MALFORMED');
  const key = await keys?.find(id);
  if (!key) return unreadable('KEY_MISSING');
  try {
    return await expand(PayloadProto.decode(opened(key, payload.data ?? new Uint8Array())));
  } catch {
    return unreadable('MALFORMED');
  }
}

function opened({ id, key }: EncryptionKey, data: Uint8Array): Uint8Array {
  if (data.length < IV_BYTES + TAG_BYTES) throw new Error('too short');
  const decipher = createDecipheriv(ALGORITHM, key, data.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(boundTo(id))
    .setAuthTag(data.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(data.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
}

/** The metadata around a ciphertext is as authentic as the ciphertext. */
function boundTo(keyId: string): Uint8Array {
  return encode(`${ENCRYPTED}\0${keyId}`);
}

async function compact(payload: Payload): Promise<Payload> {
  const bytes = PayloadProto.encode(payload).finish();
  if (bytes.length <= WORTH_DEFLATING_BYTES) return payload;
  const data = await deflated(bytes);
  return data.length < bytes.length ? { metadata: { [METADATA_ENCODING_KEY]: encode(DEFLATED) }, data } : payload;
}

async function expand(payload: temporal.api.common.v1.Payload): Promise<Payload> {
  if (encodingOf(payload) !== DEFLATED) return { metadata: payload.metadata, data: payload.data };
  const { metadata, data } = PayloadProto.decode(
    await inflated(payload.data, { maxOutputLength: MOST_INFLATED_BYTES }),
  );
  return { metadata, data };
}

export function encodingOf({ metadata }: Payload): string {
  return decode(metadata?.[METADATA_ENCODING_KEY] ?? new Uint8Array());
}
