import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DemoError } from './error';
import { logDirectory, root } from './paths';

export interface Program {
  /** Of its log: `demo-<name>.log`. */
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

const PATIENCE_MS = 60_000;
const GRACE_MS = 5_000;
const LINES_SHOWN = 8;

/** A process of its own, its output in a log file. Whoever starts it ends it: by this handle alone, never by name. */
export class ManagedProcess {
  /** Rejects when it has ended, or could not be started at all. Never resolves. */
  readonly died: Promise<never>;
  private readonly child: ChildProcess;
  private readonly log: WriteStream;
  private readonly logFile: string;
  private readonly exited: Promise<void>;
  private output = '';

  constructor(private readonly program: Program) {
    mkdirSync(logDirectory, { recursive: true });
    this.logFile = join(logDirectory, `demo-${program.name}.log`);
    this.log = createWriteStream(this.logFile);
    // A group of its own: Ctrl-C reaches the demo alone, which then ends everything in the right order.
    this.child = spawn(program.command, program.args, {
      cwd: root,
      env: program.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.log.write(chunk);
        this.output = (this.output + chunk.toString()).slice(-10_000);
      });
    }
    this.exited = new Promise((resolve) => {
      this.child.once('close', () => resolve());
      this.child.once('error', () => resolve());
    });
    this.died = new Promise((_resolve, reject) => {
      this.child.once('error', (error) => reject(this.failure(`cannot be run (${error.message})`)));
      this.child.once('close', (code, signal) => {
        reject(this.failure(`has ended (${signal ?? `exit code ${code ?? 'unknown'}`})`));
      });
    });
    this.died.catch(() => undefined);
    // The last resort, should the demo itself break.
    process.once('exit', this.kill);
  }

  /** Asks again and again until there is an answer. @throws {DemoError} when it died meanwhile, or took too long */
  async whenReady<T>(probe: (output: string) => T | undefined | Promise<T | undefined>): Promise<T> {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      const answer = await Promise.race([probe(this.output), this.died]);
      if (answer !== undefined) return answer;
      await Promise.race([delay(100), this.died]);
    }
    throw this.failure(`did not come up within ${PATIENCE_MS / 1_000} s`);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    const impatience = setTimeout(this.kill, GRACE_MS);
    await this.exited;
    clearTimeout(impatience);
    process.off('exit', this.kill);
    this.log.end();
    await once(this.log, 'close');
  }

  private readonly kill = () => {
    this.child.kill('SIGKILL');
  };

  private failure(what: string): DemoError {
    const lines = this.output.trim().split('\n').slice(-LINES_SHOWN);
    const log = relative(root, this.logFile);
    return new DemoError([`The ${this.program.name} ${what}. The end of ${log}:`, ...lines].join('\n  '));
  }
}

/** Everything that was started, in its order. */
export class Processes {
  private readonly running: ManagedProcess[] = [];
  private ending = false;

  /** @throws {DemoError} once everything is being ended */
  start(program: Program): ManagedProcess {
    if (this.ending) throw new DemoError(`The ${program.name} is not started any more.`);
    const started = new ManagedProcess(program);
    this.running.push(started);
    return started;
  }

  /** Rejects as soon as one of them ends. */
  get anyDied(): Promise<never> {
    return Promise.race(this.running.map(({ died }) => died));
  }

  /** The last started first: a worker says goodbye to a server that is still there. */
  async stopAll(): Promise<void> {
    this.ending = true;
    for (let last = this.running.pop(); last; last = this.running.pop()) await last.stop();
  }
}
