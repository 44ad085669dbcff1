import type {
  ReplayHistoriesIterable,
  ReplayResult,
  ReplayWorkerOptions,
  WorkflowBundleOption,
} from '@temporalio/worker';
import { SiftingWorker } from './sifting-worker';
import type { Sandbox } from './workflow-code';

/** Replays histories in sequence, with the settings of a worker that runs this code. */
export function replayHistories(
  { dataConverter, traced }: Sandbox,
  workflowBundle: WorkflowBundleOption,
  histories: ReplayHistoriesIterable,
): AsyncIterableIterator<ReplayResult> {
  const options: ReplayWorkerOptions = { workflowBundle, dataConverter };
  // A replay exports no spans, but it needs an exporter.
  if (traced) options.sinks = { exporter: { export: { fn: () => undefined } } };
  return SiftingWorker.runReplayHistories(options, histories);
}
