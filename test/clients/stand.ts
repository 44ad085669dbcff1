import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../local/paths';

export interface Stand {
  /** Where everything is, as the environment of a client. */
  settings: Record<string, string>;
  close(): Promise<void>;
}

/** What `npm run stand` starts. */
export async function openStand(): Promise<Stand> {
  const child = spawn(process.execPath, [join(root, 'dist/demo/stand.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) throw new Error('The stand did not come up: it has said why.');
  return {
    settings: JSON.parse(first.value) as Record<string, string>,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
