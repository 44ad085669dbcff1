import type { DataConverter } from '@temporalio/common';

export { isUndecodable } from './undecodable';

/** The same for clients and workers: how values become payloads and back. */
export const dataConverter: DataConverter = { payloadConverterPath: require.resolve('./payload-converter') };
