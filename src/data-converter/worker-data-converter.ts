import type { DataConverter, LoadedDataConverter } from '@temporalio/common';
import { createDataConverter } from '.';

const ENCRYPTED_FAILURES = require.resolve('./encrypted-failure-converter');

/** A client's data converter, and the paths that load the same converters into a worker and its sandbox. */
export type WorkerDataConverter = LoadedDataConverter & Required<Omit<DataConverter, 'externalStorage'>>;

/** The data converter for a worker or a replay, with the parameters of {@link createDataConverter}. */
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
