import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const root = join(__dirname, '../..');

/** A demo that goes on running, and what it printed. */
export class KeptDemo {
  private constructor(
    private readonly demo: ChildProcess,
    private readonly exit: Promise<unknown[]>,
    private readonly printed: string,
  ) {}

  static async start(...args: string[]): Promise<KeptDemo> {
    const demo = spawn(process.execPath, [join(root, 'dist/demo/main.js'), '--keep', ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(demo, 'exit');
    let printed = '';
    const invited = new Promise<void>((resolve) => {
      demo.stdout.on('data', (chunk) => {
        printed += String(chunk);
        if (printed.includes('ends it all')) resolve();
      });
    });
    await Promise.race([invited, exit]);
    return new KeptDemo(demo, exit, printed);
  }

  /** What it invites to try in another terminal. */
  get commands(): string {
    const [, invitation = ''] = this.printed.split('from the root of the repository:');
    return invitation.split('Temporal UI')[0] ?? '';
  }

  get uiUrl(): string {
    return /Temporal UI +(http:\S+)/.exec(this.printed)?.[1] ?? '';
  }

  /** Opens the KYC page of an order that waits. */
  get kycUrl(): string {
    return /KYC page +(http:\S+)/.exec(this.printed)?.[1] ?? '';
  }

  /** A shell that speaks to this demo, as the invitation begins. */
  get environment(): string {
    return /^\. .*$/m.exec(this.commands)?.[0] ?? '';
  }

  /** @returns what the commands print. @throws {Error} when the last of them fails */
  async run(commands: string, cwd = root): Promise<string> {
    // What npx runs, without the seconds npx takes for each.
    const script = commands.replaceAll('npx number-orders', `node ${join(root, 'dist/src/cli/main.js')}`);
    const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd });
    return stdout;
  }

  /** As Ctrl-C does. @returns exit code and signal */
  async stop(): Promise<unknown[]> {
    this.demo.kill('SIGINT');
    return this.exit;
  }
}
