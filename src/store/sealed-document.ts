/**
 * Encryption of documents at rest, as they stream. The format:
 *
 *   header   version (1 byte), length of the key's id (1 byte), the id, 32 random bytes
 *   frames   64 KiB of content each, the last one less: AES-256-GCM, the 16-byte tag at the end
 *
 * Each document has its own key, derived by HKDF-SHA256 from the named key with the header as salt and the order's reference as
 * info: neither a changed header nor another order's folder gives the same one. A frame's nonce is its number (11 bytes) and
 * whether it is the last (1 byte): frames that were changed, reordered, repeated, dropped or truncated do not decrypt. This is
 * the STREAM construction as the age file format uses it, with AES-GCM in place of ChaCha20. No maintained library offers one on
 * Node without native code or ES modules only, and with AES, which processors speed up.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { EncryptionKey, KeySource } from '../data-converter';
import { AttachmentUnreadableError } from './attachment-store';
import { ByteReader } from './byte-reader';

/** Thrown when a document was encrypted with a key that the settings lack. Fix the settings: sending it again does not help. */
export class SealingKeyMissingError extends Error {
  override readonly name = 'SealingKeyMissingError';

  constructor(readonly keyId: string) {
    super(`A document is encrypted with the key "${keyId}": NUMBER_ORDERS_ENCRYPTION_KEYS must have it.`);
  }
}

const VERSION = 1;
const SALT_BYTES = 32;
const FRAME_BYTES = 64 * 1024;
const TAG_BYTES = 16;

/** Encrypts a document of the order `reference`. */
export async function* seal(
  content: AsyncIterable<Buffer>,
  { id, key }: EncryptionKey,
  reference: string,
): AsyncGenerator<Buffer> {
  const name = Buffer.from(id);
  const header = Buffer.concat([Buffer.from([VERSION, name.length]), name, randomBytes(SALT_BYTES)]);
  const documentKey = deriveKey(key, header, reference);
  const reader = new ByteReader(content);
  try {
    yield header;
    for (let number = 0, last = false; !last; number++) {
      const frame = await reader.take(FRAME_BYTES);
      last = await reader.atEnd();
      const cipher = createCipheriv('aes-256-gcm', documentKey, nonce(number, last));
      yield cipher.update(frame);
      cipher.final();
      yield cipher.getAuthTag();
    }
  } finally {
    await reader.close();
  }
}

/**
 * Decrypts a document of the order `reference`. No byte is passed on before its frame is authenticated.
 * @throws {AttachmentUnreadableError} when it was changed {@link SealingKeyMissingError}
 */
export async function* unseal(
  sealed: AsyncIterable<Buffer>,
  keys: KeySource | undefined,
  reference: string,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(sealed);
  try {
    const { id, header } = await readHeader(reader);
    const found = await keys?.find(id);
    if (!found) throw new SealingKeyMissingError(id);
    const documentKey = deriveKey(found.key, header, reference);
    for (let number = 0, last = false; !last; number++) {
      const frame = await reader.take(FRAME_BYTES + TAG_BYTES);
      last = await reader.atEnd();
      yield openFrame(documentKey, nonce(number, last), frame);
    }
  } finally {
    await reader.close();
  }
}

/** The id of the key that a document was encrypted with. */
export async function sealingKeyOf(sealed: AsyncIterable<Buffer>): Promise<string> {
  const reader = new ByteReader(sealed);
  try {
    return (await readHeader(reader)).id;
  } finally {
    await reader.close();
  }
}

async function readHeader(reader: ByteReader): Promise<{ id: string; header: Buffer }> {
  const start = await reader.take(2);
  const [version, idLength = 0] = start;
  const rest = await reader.take(idLength + SALT_BYTES);
  if (version !== VERSION || rest.length < idLength + SALT_BYTES) throw changed();
  return { id: rest.toString('utf8', 0, idLength), header: Buffer.concat([start, rest]) };
}

function openFrame(key: Buffer, nonce: Buffer, frame: Buffer): Buffer {
  if (frame.length < TAG_BYTES) throw changed();
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(frame.subarray(-TAG_BYTES));
  try {
    const content = decipher.update(frame.subarray(0, -TAG_BYTES));
    // GCM has no padding: this only verifies the tag.
    decipher.final();
    return content;
  } catch {
    throw changed();
  }
}

function deriveKey(key: EncryptionKey['key'], header: Buffer, reference: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, header, `number-orders attachment ${reference}`, 32));
}

function nonce(number: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUIntBE(number, 5, 6);
  bytes.writeUInt8(last ? 1 : 0, 11);
  return bytes;
}

function changed(): AttachmentUnreadableError {
  return new AttachmentUnreadableError('An encrypted document was changed or truncated: store it again.');
}
