import { setTimeout as delay } from 'node:timers/promises';
import type { ManagedProcess, Processes } from '../../local/processes';
import type { Service } from '../../local/programs';

/** Docker waits as long before it restarts a container. */
const RESTART_AFTER_MS = 100;

/** A program that is restarted whenever it ends, as by an orchestrator. */
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

  /** How often it was restarted, after it was killed or ended by itself. */
  get restarts(): number {
    return this.count;
  }

  /** Resolves when it runs. @throws {ToldError} if it does not start */
  async open(): Promise<void> {
    const started = this.processes.start({ ...this.program, mayDie: true });
    this.process = started;
    await started.whenReady(this.program.isReady).catch(async (error: unknown) => {
      await started.kill();
      throw error;
    });
    void started.exited.then(() => this.restart());
  }

  /** Kills it with SIGKILL at any moment. Resolves when it has ended. */
  async kill(): Promise<void> {
    await this.process?.kill();
  }

  /** From now on it is not restarted. */
  leave(): void {
    this.ending = true;
  }

  private async restart(): Promise<void> {
    await delay(RESTART_AFTER_MS);
    if (this.ending) return;
    this.count += 1;
    // A service that it needs may still be down: then it ends at once, and is restarted.
    await this.open().catch(() => this.restart());
  }
}
