import { createSecretKey, type KeyObject } from 'node:crypto';

/** A key for AES-256, and its id in payloads. */
export interface EncryptionKey {
  /** 1 to 64 letters, digits, dots, dashes or underscores. Not secret: every payload contains it. */
  id: string;
  /** 256 bits. */
  key: KeyObject;
}

/** The source of keys: the settings, or a key management service, which should cache its keys. */
export interface KeySource {
  /** The key that encrypts. */
  current(): Promise<EncryptionKey>;
  /**
   * Undefined: there is no such key. A source that is unavailable must throw: then the call or workflow task is retried, while a
   * message without a key is ignored permanently.
   */
  find(id: string): Promise<EncryptionKey | undefined>;
}

/** Keys held in memory: the first encrypts, all decrypt. */
export class KeyList implements KeySource {
  constructor(readonly keys: readonly [EncryptionKey, ...EncryptionKey[]]) {}

  async current(): Promise<EncryptionKey> {
    return this.keys[0];
  }

  async find(id: string): Promise<EncryptionKey | undefined> {
    return this.keys.find((key) => key.id === id);
  }
}

export const KEY_BYTES = 32;
export const KEY_ID_PATTERN = /^[A-Za-z0-9._-]{1,64}$/;
const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;

/** Reads `id:base64key[,id:base64key…]`. @throws {Error} that names the position of a problem, never a value */
export function parseKeyList(text: string): KeyList {
  const keys = text.split(',').map((entry, index) => parseKey(entry.trim(), index + 1));
  const [first, ...others] = keys;
  if (!first) throw new Error('must have at least one key');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new Error('must not have two keys with one id');
  return new KeyList([first, ...others]);
}

function parseKey(entry: string, position: number): EncryptionKey {
  const [id = '', secret = ''] = entry.split(':');
  if (!KEY_ID_PATTERN.test(id) || !BASE64_OF_32_BYTES.test(secret) || entry !== `${id}:${secret}`) {
    throw new Error(
      `must be id:base64key, separated by commas, each key 32 bytes: see key ${position}; number-orders keys generate makes one`,
    );
  }
  return { id, key: createSecretKey(secret, 'base64') };
}

/** A key as the settings write it: a secret. */
export function formatKey({ id, key }: EncryptionKey): string {
  return `${id}:${key.export().toString('base64')}`;
}
