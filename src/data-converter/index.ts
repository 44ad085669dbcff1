import type { DataConverter } from '@temporalio/common';
import { EncryptionCodec } from './encryption-codec';
import type { KeySource } from './keys';
import type { UndecodableDetails } from './undecodable';

export type { EncryptionKey, KeySource } from './keys';
export { isUndecodable } from './undecodable';

/**
 * How values become payloads and back: the same for clients and workers.
 * @param keys left out: nothing is encrypted
 * @param onUndecodable told of each payload that cannot be decrypted, for logs: it holds nothing of its content
 */
export function createDataConverter(
  keys?: KeySource,
  onUndecodable?: (details: UndecodableDetails) => void,
): DataConverter {
  return {
    payloadConverterPath: require.resolve('./payload-converter'),
    ...(keys && { failureConverterPath: require.resolve('./failure-converter') }),
    payloadCodecs: [new EncryptionCodec(keys, onUndecodable)],
  };
}
