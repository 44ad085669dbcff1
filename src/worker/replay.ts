import { Worker, type ReplayHistoriesIterable, type ReplayResult } from '@temporalio/worker';
import { workflowBundle, type Sandbox } from './workflow-code';

/** Replays histories, one after the other, with the code and the settings of a worker that would start now. */
export async function* replayHistories(
  sandbox: Sandbox,
  histories: ReplayHistoriesIterable,
): AsyncGenerator<ReplayResult> {
  const { dataConverter, traced } = sandbox;
  // A replay exports no spans, but what it calls must be there.
  const sinks = traced ? { exporter: { export: { fn: () => undefined } } } : {};
  const options = { workflowBundle: await workflowBundle(sandbox), dataConverter, sinks };
  yield* Worker.runReplayHistories(options, histories);
}
