import type { LoadedDataConverter } from '@temporalio/common';
import { failureConverter as encryptedFailureConverter } from './encrypted-failure-converter';
import { EncryptionCodec } from './encryption-codec';
import { failureConverter } from './failure-converter';
import type { KeySource } from './keys';
import { payloadConverter } from './payload-converter';
import type { UndecodableDetails } from './undecodable';

export type { EncryptionKey, KeySource } from './keys';
export { isUndecodable } from './undecodable';

/**
 * The data converter for clients. It has no paths, because a bundler would lose those files. Workers need paths: see
 * worker-data-converter.ts.
 * @param keys left out: nothing is encrypted
 * @param onUndecodable called for each payload that cannot be decrypted, for logs: has nothing of its content
 */
export function createDataConverter(
  keys?: KeySource,
  onUndecodable?: (details: UndecodableDetails) => void,
): LoadedDataConverter {
  return {
    payloadConverter,
    failureConverter: keys ? encryptedFailureConverter : failureConverter,
    payloadCodecs: [new EncryptionCodec(keys, onUndecodable)],
  };
}
