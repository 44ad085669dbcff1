import type { DataConverter, LoadedDataConverter } from '@temporalio/common';
import { createDataConverter } from '.';

const ENCRYPTED_FAILURES = require.resolve('./encrypted-failure-converter');

/** As a client has it, and what loads the same converters into a worker and its sandbox. */
export type WorkerDataConverter = LoadedDataConverter & Required<Omit<DataConverter, 'externalStorage'>>;

/** How values become payloads and back, for a worker or a replay. The parameters are those of {@link createDataConverter}. */
export function createWorkerDataConverter(
  ...[keys, onUndecodable]: Parameters<typeof createDataConverter>
): WorkerDataConverter {
  return {
    ...createDataConverter(keys, onUndecodable),
    payloadConverterPath: require.resolve('./payload-converter'),
    failureConverterPath: keys ? ENCRYPTED_FAILURES : require.resolve('./failure-converter'),
  };
}

/** Failures are converted within the sandbox, so encryption has a sandbox of its own. */
export function encryptsFailures({ failureConverterPath }: DataConverter): boolean {
  return failureConverterPath === ENCRYPTED_FAILURES;
}
