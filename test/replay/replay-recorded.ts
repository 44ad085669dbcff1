import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { replayHistories } from '../../src/worker/replay';
import { workflowBundle } from '../support/workflow-bundle';
import type { RecordedHistories } from './recorded-histories';
import { recordingKeys } from './recording-key';

/** Replays every history with today's code, as a worker runs it, and answers which of them it breaks. */
export async function replayRecorded(recorded: RecordedHistories, traced: boolean): Promise<string[]> {
  const broken: string[] = [];
  for (const encrypted of [false, true]) {
    const dataConverter = createWorkerDataConverter(encrypted ? recordingKeys : undefined);
    const chosen = recorded.list().filter((one) => one.encrypted === encrypted);
    const histories = chosen.map((one) => ({ workflowId: one.workflowId, history: recorded.read(one) }));
    const bundle = await workflowBundle(dataConverter, traced);
    const files = chosen.map(({ file }) => file);
    for await (const { error } of replayHistories({ dataConverter, traced }, bundle, histories)) {
      const file = files.shift() ?? '';
      if (error) broken.push(`${file}: ${error.message}`);
    }
  }
  return broken;
}
