import { createHash, createSecretKey } from 'node:crypto';
import { KeyList } from '../../src/data-converter/keys';

/** Keys of these ids, made from them: the first is the current one. */
export function keysOf(current: string, ...older: string[]): KeyList {
  const keyOf = (id: string) => ({ id, key: createSecretKey(createHash('sha256').update(id).digest()) });
  return new KeyList([keyOf(current), ...older.map(keyOf)]);
}
