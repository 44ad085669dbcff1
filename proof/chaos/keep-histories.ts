import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { temporal } from '@temporalio/proto';
import { logDirectory, root } from '../../local/paths';
import type { Ending } from './gather';

const { History } = temporal.api.history.v1;
const directory = join(logDirectory, 'chaos-histories');

/**
 * Writes the histories of orders to files, one for each run, encrypted with the key that follows from the seed.
 * @returns the folder, from the root of the repository
 */
export async function keepHistories(endings: readonly Ending[]): Promise<string> {
  await mkdir(directory, { recursive: true });
  for (const { reference, histories } of endings) {
    for (const [index, history] of histories.entries()) {
      // The SDK's own historyToJSON throws if npm has installed more than one copy of protobufjs.
      const plain = History.toObject(History.create(history), { enums: String, longs: String, bytes: String });
      await writeFile(join(directory, `${reference}-${index + 1}.json`), JSON.stringify(plain));
    }
  }
  return relative(root, directory);
}
