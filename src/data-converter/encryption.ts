import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { METADATA_ENCODING_KEY, type Payload } from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding';
import { temporal } from '@temporalio/proto';
import { allowanceOfList, deflatePayload, inflatePayload, InflatesTooFarError } from './compression';
import { KEY_ID_PATTERN, type EncryptionKey, type KeySource } from './keys';
import type { UndecodableDetails } from './undecodable';

/**
 * The format of an encrypted payload. Metadata: `encoding` and `encryption-key-id`; data: 12 bytes of IV, the ciphertext, 16
 * bytes of GCM tag. The plain text is the whole payload as protobuf, so its own metadata is hidden as well. If that is smaller,
 * it is deflated first: see compression.ts.
 */
export const ENCRYPTED = 'binary/encrypted';
const KEY_ID = 'encryption-key-id';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

const { Payload: PayloadProto } = temporal.api.common.v1;

export async function encrypt({ id, key }: EncryptionKey, payload: Payload): Promise<Payload> {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(boundTo(id));
  const plain = await deflatePayload(payload);
  const data = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { [METADATA_ENCODING_KEY]: encode(ENCRYPTED), [KEY_ID]: encode(id) }, data };
}

/**
 * @param allowance of the payload's list; its own when left out
 * @returns the payload, or why it cannot be decrypted
 * @throws {Error} only when the source of keys throws: the result is unknown then
 */
export async function decrypt(
  keys: KeySource | undefined,
  payload: Payload,
  allowance = allowanceOfList(),
): Promise<Payload | UndecodableDetails> {
  const id = decode(payload.metadata?.[KEY_ID] ?? new Uint8Array());
  const unreadable = (reason: 'KEY_MISSING' | 'MALFORMED' | 'TOO_LARGE'): UndecodableDetails => ({
    reason,
    encoding: ENCRYPTED,
    // It is shown to people, so only a valid key id is kept.
    ...(KEY_ID_PATTERN.test(id) && { keyId: id }),
    digest: createHash('sha256').update(PayloadProto.encode(payload).finish()).digest('hex'),
  });
  if (!KEY_ID_PATTERN.test(id)) return unreadable('MALFORMED');
  const key = await keys?.find(id);
  if (!key) return unreadable('KEY_MISSING');
  try {
    return await inflatePayload(opened(key, payload.data ?? new Uint8Array()), allowance);
  } catch (error) {
    return unreadable(error instanceof InflatesTooFarError ? 'TOO_LARGE' : 'MALFORMED');
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
