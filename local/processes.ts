import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { logDirectory, root } from './paths';
import { ToldError } from './told-error';

export interface Program {
  /** Of its log, and its own while it runs. One that is started again under the same name goes on writing there. */
  name: string;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Another user's ids, for programs that refuse to run as root. */
  user?: { uid: number; gid: number } | undefined;
  /** What tells it to end; SIGTERM when left out. */
  stopSignal?: NodeJS.Signals;
  /** How long it may take to end before it is killed; 5 seconds when left out. */
  graceMs?: number;
  /** Does its work and exits with 0. */
  endsByItself?: boolean;
  /** The caller handles its end; `anyDied` ignores it. */
  mayDie?: boolean;
}

const PATIENCE_MS = 60_000;
const GRACE_MS = 5_000;
const LINES_SHOWN = 8;

/** How a process has ended. */
interface Exit {
  /** It was told to, or has done its work. */
  asWanted: boolean;
  reason: ToldError;
}

/** A separate process with its output in a log file. The caller ends it by this handle, never by name. */
export class ManagedProcess {
  /** Resolves when it is gone, or could not be started at all. */
  readonly exited: Promise<Exit>;
  private readonly child: ChildProcess;
  private readonly log: WriteStream;
  private output = '';
  private toldToEnd = false;

  constructor(
    private readonly program: Program,
    private readonly logFile: string,
    log: { append: boolean },
  ) {
    this.log = createWriteStream(logFile, { flags: log.append ? 'a' : 'w' });
    // A group of its own: Ctrl-C reaches the program that started it alone, which then ends everything in the right order.
    this.child = spawn(program.command, program.args, {
      cwd: root,
      env: program.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...program.user,
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.log.write(chunk);
        this.output = (this.output + chunk.toString()).slice(-10_000);
      });
    }
    this.exited = new Promise((resolve) => {
      this.child.once('error', ({ message }) => {
        resolve({ asWanted: false, reason: this.failure(`cannot be run (${message})`) });
      });
      this.child.once('close', (code, signal) => {
        const asWanted = this.toldToEnd || (program.endsByItself === true && code === 0);
        resolve({ asWanted, reason: this.failure(`has ended (${signal ?? `exit code ${code ?? 'unknown'}`})`) });
      });
    });
  }

  /** Undefined when it could not be started. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Asks again and again until there is an answer. @throws {ToldError} when it died meanwhile, or took too long */
  async whenReady<T>(probe: (output: string) => T | undefined | Promise<T | undefined>): Promise<T> {
    const died = this.exited.then(({ reason }): never => {
      throw reason;
    });
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until) {
      const answer = await Promise.race([probe(this.output), died]);
      if (answer !== undefined) return answer;
      await Promise.race([delay(100), died]);
    }
    throw this.failure(`did not come up within ${PATIENCE_MS / 1_000} s`);
  }

  /** Lets it end in its own way, for a while. Resolves once it is gone, as {@link kill} does. */
  async stop(): Promise<void> {
    const impatience = setTimeout(() => this.signal('SIGKILL'), this.program.graceMs ?? GRACE_MS);
    await this.end(this.program.stopSignal ?? 'SIGTERM');
    clearTimeout(impatience);
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Without waiting. */
  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    this.toldToEnd = true;
    this.signal(signal);
    await this.exited;
    if (this.log.closed) return;
    this.log.end();
    await once(this.log, 'close');
  }

  private failure(what: string): ToldError {
    const lines = this.output.trim().split('\n').slice(-LINES_SHOWN);
    const log = relative(root, this.logFile);
    return new ToldError([`The ${this.program.name} ${what}. The end of ${log}:`, ...lines].join('\n  '));
  }
}

/** Everything that was started, in its order; what is started again takes the place of its namesake. */
export class Processes {
  /** Rejects as soon as one of them ends that was not told to. Never resolves. */
  readonly anyDied: Promise<never>;
  private readonly running = new Map<string, ManagedProcess>();
  private rejectAnyDied: (reason: unknown) => void = () => undefined;
  private ending = false;

  /** @param prefix of the log files: `<prefix>-<name>.log` */
  constructor(private readonly prefix: string) {
    mkdirSync(logDirectory, { recursive: true });
    this.anyDied = new Promise((_resolve, reject) => (this.rejectAnyDied = reject));
    this.anyDied.catch(() => undefined);
    // The last resort, should the program that started them itself break.
    process.once('exit', this.killAll);
  }

  /** @throws {ToldError} once everything is being ended */
  start(program: Program): ManagedProcess {
    const { name } = program;
    if (this.ending) throw new ToldError(`The ${name} is not started any more.`);
    const logFile = join(logDirectory, `${this.prefix}-${name}.log`);
    const started = new ManagedProcess(program, logFile, { append: this.running.has(name) });
    this.running.set(name, started);
    void started.exited.then(({ asWanted, reason }) => {
      if (!asWanted && !program.mayDie) this.rejectAnyDied(reason);
    });
    return started;
  }

  /** Starts what ends by itself, and waits for that. @throws {ToldError} when it does not exit with 0 */
  async run(program: Program): Promise<void> {
    const { asWanted, reason } = await this.start({ ...program, endsByItself: true }).exited;
    if (!asWanted) throw reason;
  }

  /** By name, of those that run. */
  get pids(): ReadonlyMap<string, number> {
    return new Map([...this.running].flatMap(([name, { pid }]) => (pid === undefined ? [] : [[name, pid]])));
  }

  /** The last started first: a worker says goodbye to a server that is still there. */
  async stopAll(): Promise<void> {
    this.ending = true;
    for (const started of [...this.running.values()].reverse()) await started.stop();
    process.off('exit', this.killAll);
  }

  private readonly killAll = () => {
    for (const started of this.running.values()) started.signal('SIGKILL');
  };
}
