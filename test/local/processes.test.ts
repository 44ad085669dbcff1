import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { logDirectory } from '../../local/paths';
import { Processes, type Program } from '../../local/processes';

/** A program in JavaScript. */
const program = (source: string, more: Partial<Program> = {}): Program => ({
  name: 'program',
  command: process.execPath,
  args: ['--eval', source],
  env: {},
  ...more,
});
const IDLE = "console.log('ready'); setInterval(() => undefined, 1_000)";
const isReady = (output: string) => output.includes('ready') || undefined;

describe('Processes, which starts and watches child processes,', () => {
  let processes: Processes;
  let logFile: string;
  beforeEach(() => {
    const prefix = `test-${randomUUID()}`;
    logFile = join(logDirectory, `${prefix}-program.log`);
    processes = new Processes(prefix);
  });
  afterEach(async () => {
    await processes.stopAll();
    rmSync(logFile, { force: true });
  });

  it('reports a process that ends by itself, with the end of its log', async () => {
    processes.start(program("console.error('the reason'); process.exitCode = 3"));
    await expect(processes.anyDied).rejects.toThrow(/has ended \(exit code 3\)[^]*the reason/);
  });

  it('reports a process that cannot be started', async () => {
    processes.start(program('', { command: '/no/such/program' }));
    await expect(processes.anyDied).rejects.toThrow('cannot be run');
  });

  it('does not report a process that was killed on purpose or is allowed to end', async () => {
    const killed = processes.start(program(IDLE));
    await killed.whenReady(isReady);
    await killed.kill();
    const died = processes.start(program('', { mayDie: true }));
    await died.exited;
    const nothing = new Promise(setImmediate).then(() => 'nothing');
    await expect(Promise.race([processes.anyDied, nothing])).resolves.toBe('nothing');
  });

  it('continues the log of a process that is restarted under the same name', async () => {
    for (const word of ['first', 'second']) {
      const started = processes.start(program(`console.log('${word}'); ${IDLE}`));
      await started.whenReady(isReady);
      await started.stop();
    }
    expect(readFileSync(logFile, 'utf8')).toBe('first\nready\nsecond\nready\n');
  });

  it('waits for a process that does its work and ends, and reports that it failed', async () => {
    await processes.run(program("console.log('done')"));
    await expect(processes.run(program('process.exitCode = 1'))).rejects.toThrow('has ended (exit code 1)');
  });

  it('kills a process that does not end in time', async () => {
    const stubborn = processes.start(program(`process.on('SIGTERM', () => undefined); ${IDLE}`, { graceMs: 1 }));
    await stubborn.whenReady(isReady);
    await stubborn.stop();
    expect(() => process.kill(stubborn.pid!, 0)).toThrow('ESRCH');
  });

  it('starts nothing more once it is stopping', async () => {
    await processes.stopAll();
    expect(() => processes.start(program(IDLE))).toThrow('is not started any more');
  });
});
