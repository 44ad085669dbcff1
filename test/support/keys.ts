import { createSecretKey, randomBytes } from 'node:crypto';
import { formatKey, KeyList, type EncryptionKey } from '../../src/data-converter/keys';

export const newKey = (id: string): EncryptionKey => ({ id, key: createSecretKey(randomBytes(32)) });

export const keyList = (...[first, ...others]: [EncryptionKey, ...EncryptionKey[]]): KeyList =>
  new KeyList([first, ...others]);

/** As `NUMBER_ORDERS_ENCRYPTION_KEYS` has them. */
export const asSetting = ({ keys }: KeyList): string => keys.map(formatKey).join(',');
