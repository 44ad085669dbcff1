import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { neutralEnvironment } from '../../local/environment';
import type { ManagedProcess, Processes, Program } from '../../local/processes';
import { ToldError } from '../../local/told-error';

/** A separate PostgreSQL server on loopback. */
export class Postgres {
  readonly user = 'temporal';
  readonly password = randomUUID();
  private readonly folder: string;
  private server: ManagedProcess | undefined;

  /**
   * @param executable `postgres`, with `initdb` beside it
   * @param folder that other users can pass through
   */
  constructor(
    private readonly processes: Processes,
    private readonly executable: string,
    readonly port: number,
    folder: string,
  ) {
    this.folder = join(folder, 'postgres');
  }

  /** Such as `15.14`. */
  async version(): Promise<string> {
    const { stdout } = await promisify(execFile)(this.executable, ['--version']);
    return /\d+\.\d+/.exec(stdout)?.[0] ?? stdout.trim();
  }

  async open(): Promise<void> {
    const user = await unprivileged();
    await mkdir(this.folder, { mode: 0o700 });
    const passwordFile = join(this.folder, 'password');
    await writeFile(passwordFile, this.password, { mode: 0o600 });
    if (user) await Promise.all([this.folder, passwordFile].map((path) => chown(path, user.uid, user.gid)));
    const initdb = join(dirname(await realpath(this.executable)), 'initdb');
    await this.processes.run({
      name: 'initdb',
      command: initdb,
      args: [`--pgdata=${this.data}`, `--username=${this.user}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
      env: neutralEnvironment(),
      user,
    });
    await this.start();
  }

  /** Like a restart of its host: connections are closed, and committed data is kept. */
  async restart(): Promise<void> {
    await this.server?.stop();
    await this.start();
  }

  /** Copies all of its data while it is in use. Replaces the previous copy. */
  async backUp(): Promise<void> {
    await rm(this.backup, { recursive: true, force: true });
    await this.processes.run({
      name: 'pg_basebackup',
      command: join(dirname(await realpath(this.executable)), 'pg_basebackup'),
      args: [
        '--host=127.0.0.1',
        `--port=${this.port}`,
        `--username=${this.user}`,
        `--pgdata=${this.backup}`,
        '--checkpoint=fast',
      ],
      env: { ...neutralEnvironment(), PGPASSWORD: this.password },
      user: await unprivileged(),
    });
  }

  /** Everything since the backup is lost. */
  async restore(): Promise<void> {
    await this.server?.stop();
    await rm(this.data, { recursive: true });
    await rename(this.backup, this.data);
    await this.start();
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private get backup(): string {
    return join(this.folder, 'backup');
  }

  private async start(): Promise<void> {
    const user = await unprivileged();
    const settings = { listen_addresses: '127.0.0.1', port: `${this.port}`, unix_socket_directories: '' };
    this.server = this.processes.start({
      name: 'postgres',
      command: this.executable,
      args: ['-D', this.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      env: neutralEnvironment(),
      user,
      // The fast shutdown, which does not wait until every client has disconnected.
      stopSignal: 'SIGINT',
    });
    await this.server.whenReady((output) => output.includes('ready to accept connections') || undefined);
  }
}

/** PostgreSQL refuses to run as root; its packages create a user for it. Undefined if we do not run as root. */
async function unprivileged(): Promise<Program['user']> {
  if (process.getuid?.() !== 0) return undefined;
  try {
    const idOf = async (flag: string) => Number((await promisify(execFile)('id', [flag, 'postgres'])).stdout);
    return { uid: await idOf('-u'), gid: await idOf('-g') };
  } catch {
    throw new ToldError('PostgreSQL refuses to run as root: start this as another user, or add a user named postgres.');
  }
}
