import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { logDirectory } from '../../local/paths';
import { Processes } from '../../local/processes';
import { Supervised } from '../../proof/cluster/supervised';

let processes: Processes;
let logFile: string;
let supervised: Supervised;

beforeEach(async () => {
  const prefix = `test-${randomUUID()}`;
  logFile = join(logDirectory, `${prefix}-program.log`);
  processes = new Processes(prefix);
  supervised = new Supervised(processes, {
    name: 'program',
    command: process.execPath,
    args: ['--eval', "console.log('ready'); setInterval(() => undefined, 1_000)"],
    env: {},
    isReady: (output) => output.includes('ready') || undefined,
  });
  await supervised.open();
});
afterEach(async () => {
  supervised.leave();
  await processes.stopAll();
  rmSync(logFile, { force: true });
});

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
};

test('a supervised program is restarted whenever it is killed', async () => {
  for (const times of [1, 2]) {
    const before = supervised.pid;
    await supervised.kill();
    await until(() => supervised.pid !== before);
    expect(supervised.restarts).toBe(times);
  }
});

test('a program that is no longer supervised is not restarted', async () => {
  const before = supervised.pid;
  supervised.leave();
  await supervised.kill();
  // Nothing is started any more by then, or this would find something to end.
  await processes.stopAll();
  expect(supervised.pid).toBe(before);
  expect(supervised.restarts).toBe(0);
});
