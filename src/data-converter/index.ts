import type { DataConverter } from '@temporalio/common';
import { EncryptionCodec } from './encryption-codec';
import type { KeySource } from './keys';

export type { EncryptionKey, KeySource } from './keys';
export { isUndecodable } from './undecodable';

/**
 * How values become payloads and back: the same for clients and workers.
 * @param keys left out: nothing is encrypted
 */
export function createDataConverter(keys?: KeySource): DataConverter {
  return {
    payloadConverterPath: require.resolve('./payload-converter'),
    ...(keys && { failureConverterPath: require.resolve('./failure-converter') }),
    payloadCodecs: [new EncryptionCodec(keys)],
  };
}
