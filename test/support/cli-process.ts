import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

// As `npm run build` leaves it; `npm test` builds first.
const MAIN = join(__dirname, '../../dist/src/cli/main.js');

/** `number-orders` as a process that knows nothing but its environment. */
export interface CliProcess {
  /** All that it has printed so far, on both streams. */
  printed: () => string;
  /** Resolves when it has ended by itself. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** @param ready resolves once it prints this; at once when left out */
export async function startCli(args: string[], env: Record<string, string>, ready = ''): Promise<CliProcess> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH, TEMPORAL_CONFIG_FILE: '/no/such/file', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  let printed = '';
  const isReady = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes(ready)) resolve();
      });
    }
    void ended.then(() => {
      if (printed.includes(ready)) resolve();
      else reject(new Error(`number-orders ${args.join(' ')} has ended: ${printed}`));
    });
  });
  await isReady;
  return {
    printed: () => printed,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
