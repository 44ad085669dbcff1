import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localSettings } from '../../local/environment';
import { Processes } from '../../local/processes';
import { startFakeSinch, worker, workerIsReady } from '../../local/programs';
import { openPostgresTemporal } from './postgres-temporal';
import { Supervised } from './supervised';
import type { Temporal } from './temporal';

export interface ClusterOptions {
  /** How many. */
  workers: number;
  /** Of workers and clients, see docs/settings.md; they go before the cluster's own. */
  settings?: Record<string, string>;
  /** A compiled program in place of the product's worker; it says `Worker is running` once it is. */
  workerProgram?: string;
  /** As environment, see docs/fake-sinch.md. */
  fakeSinchSettings?: Record<string, string>;
}

/** What is running, and where. */
export interface OpenCluster {
  temporal: Temporal;
  /** Base URL. */
  fakeSinch: string;
  /** With which worker, client and command lines find all of it. */
  settings: Record<string, string>;
  workers: readonly Supervised[];
  /** Gone when the cluster is closed. */
  folder: string;
}

/** More than a worker's own NUMBER_ORDERS_SHUTDOWN_GRACE. */
const WORKER_GRACE_MS = 35_000;

/**
 * The topology people run, natively, on free ports of loopback: Temporal on PostgreSQL with its Web UI, a fake Sinch, and
 * workers as processes of their own. Logs are in .number-orders/logs/cluster-*.log.
 */
export class Cluster {
  readonly processes = new Processes('cluster');
  private folder: string | undefined;
  private supervised: Supervised[] = [];

  constructor(private readonly options: ClusterOptions) {}

  /** @throws {ToldError} with the remedy; what was started by then ends with `close` */
  async open(): Promise<OpenCluster> {
    const { processes, options } = this;
    const folder = await mkdtemp(join(tmpdir(), 'number-orders-cluster-'));
    this.folder = folder;
    // PostgreSQL may run as another user, and must come to its own folder in there.
    await chmod(folder, 0o711);
    const temporal = await openPostgresTemporal(processes, folder);
    const fakeSinch = await startFakeSinch(processes, options.fakeSinchSettings);
    const settings = { ...localSettings({ temporal: temporal.address, fakeSinch, folder }), ...options.settings };
    const workers = await this.startWorkers(settings);
    return { temporal, fakeSinch, settings, workers, folder };
  }

  /** Ends everything there is by now, also when opening failed half-way, and removes its data. */
  async close(): Promise<void> {
    for (const program of this.supervised) program.leave();
    await this.processes.stopAll();
    if (this.folder) await rm(this.folder, { recursive: true, force: true });
  }

  private async startWorkers(settings: Record<string, string>): Promise<Supervised[]> {
    const { workers: count, workerProgram: program } = this.options;
    const workers = Array.from({ length: count }, (_, index) => {
      const started = worker(settings, { name: `worker-${index + 1}`, program });
      return new Supervised(this.processes, { ...started, graceMs: WORKER_GRACE_MS }, workerIsReady);
    });
    this.supervised = workers;
    await Promise.all(workers.map((each) => each.open()));
    return workers;
  }
}
