import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { temporal } from '@temporalio/proto';
import { logDirectory, root } from '../../local/paths';
import type { Ending } from './gather';

const { History } = temporal.api.history.v1;
const directory = join(logDirectory, 'chaos-histories');

/**
 * Keeps the histories of orders, a file a run, for whoever looks into them: they are encrypted under the key of the run's seed.
 * @returns the folder, from the root of the repository
 */
export async function keepHistories(endings: readonly Ending[]): Promise<string> {
  await mkdir(directory, { recursive: true });
  for (const { reference, histories } of endings) {
    for (const [index, history] of histories.entries()) {
      // Not by the SDK's own historyToJSON, which throws wherever npm installs more than one copy of protobufjs.
      const plain = History.toObject(History.create(history), { enums: String, longs: String, bytes: String });
      await writeFile(join(directory, `${reference}-${index + 1}.json`), JSON.stringify(plain));
    }
  }
  return relative(root, directory);
}
