import { createDataConverter } from '../../src/data-converter';
import { replayHistories } from '../../src/worker/replay';
import { workflowBundle } from '../support/workflow-bundle';
import type { RecordedHistories } from './recorded-histories';
import { recordingKeys } from './recording-key';

/** Replays every history with today's code, as a worker runs it, and answers which of them it breaks. */
export async function replayRecorded(recorded: RecordedHistories, traced: boolean): Promise<string[]> {
  const broken: string[] = [];
  for (const encrypted of [false, true]) {
    const dataConverter = createDataConverter(encrypted ? recordingKeys : undefined);
    const bundle = await workflowBundle(dataConverter, traced);
    for (const each of recorded.list().filter((one) => one.encrypted === encrypted)) {
      const history = { workflowId: each.workflowId, history: recorded.read(each) };
      for await (const { error } of replayHistories({ dataConverter, traced }, bundle, [history])) {
        if (error) broken.push(`${each.file}: ${error.message}`);
      }
    }
  }
  return broken;
}
