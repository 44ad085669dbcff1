import { setTimeout as delay } from 'node:timers/promises';
import type { ManagedProcess, Processes } from '../../local/processes';
import type { Service } from '../../local/programs';

/** As docker waits before it restarts a container. */
const RESTART_AFTER_MS = 100;

/** A program that is started again whenever it ends, as an orchestrator does. */
export class Supervised {
  private process: ManagedProcess | undefined;
  private ending = false;
  private count = 0;

  constructor(
    private readonly processes: Processes,
    private readonly program: Service,
  ) {}

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** How often it has ended and was started again, killed or by itself. */
  get restarts(): number {
    return this.count;
  }

  /** Resolves when it is up. @throws {ToldError} when it is not */
  async open(): Promise<void> {
    const started = this.processes.start({ ...this.program, mayDie: true });
    this.process = started;
    await started.whenReady(this.program.isReady).catch(async (error: unknown) => {
      await started.kill();
      throw error;
    });
    void started.exited.then(() => this.restart());
  }

  /** With SIGKILL, in the middle of whatever it does. Resolves when it is dead. */
  async kill(): Promise<void> {
    await this.process?.kill();
  }

  /** From here on, once it ends it stays so. */
  leave(): void {
    this.ending = true;
  }

  private async restart(): Promise<void> {
    await delay(RESTART_AFTER_MS);
    if (this.ending) return;
    this.count += 1;
    // What it needs may be away still: then it ends at once, and is started once more.
    await this.open().catch(() => this.restart());
  }
}
