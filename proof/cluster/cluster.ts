import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAKE_HMAC_SECRET, localSettings } from '../../local/environment';
import { Processes } from '../../local/processes';
import { lastingPorts } from '../../local/free-ports';
import { callbackReceiver, startFakeSinch, worker, type Service } from '../../local/programs';
import { openDevTemporal } from './dev-temporal';
import { openPostgresTemporal } from './postgres-temporal';
import { MutualTls } from './mutual-tls';
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
  /** Whether Sinch's callbacks are received; `false` when left out. */
  callbacks?: boolean;
  /** `postgres`, as people run it, when left out; `dev` for the dev server of the Temporal CLI. */
  server?: ServerKind;
  /** Whether Temporal's server, and all that speak to it, show each other certificates; not with `dev`. */
  mutualTls?: boolean | undefined;
  /** What the names of its log files begin with; `cluster` when left out. */
  logs?: string;
}

export type ServerKind = 'postgres' | 'dev';

/** What is running, and where. */
export interface OpenCluster {
  temporal: Temporal;
  /** Undefined: not asked for. */
  mutualTls?: MutualTls | undefined;
  /** Base URL. */
  fakeSinch: string;
  /** With which worker, client and command lines find all of it. */
  settings: Record<string, string>;
  workers: readonly Supervised[];
  /** Undefined: not asked for. */
  callbackReceiver?: Supervised;
  /** Gone when the cluster is closed. */
  folder: string;
}

/** More than a worker's own NUMBER_ORDERS_SHUTDOWN_GRACE. */
const WORKER_GRACE_MS = 35_000;

/**
 * The topology people run, natively, on free ports of loopback: Temporal on PostgreSQL with its Web UI, a fake Sinch, and
 * workers as processes of their own. Logs are in .number-orders/logs.
 */
export class Cluster {
  readonly processes: Processes;
  private folder: string | undefined;
  private supervised: Supervised[] = [];

  constructor(private readonly options: ClusterOptions) {
    this.processes = new Processes(options.logs ?? 'cluster');
  }

  /** @throws {ToldError} with the remedy; what was started by then ends with `close` */
  async open(): Promise<OpenCluster> {
    const { processes, options } = this;
    const folder = await mkdtemp(join(tmpdir(), 'number-orders-cluster-'));
    this.folder = folder;
    // PostgreSQL may run as another user, and must come to its own folder in there.
    await chmod(folder, 0o711);
    const mutualTls = options.mutualTls ? await MutualTls.make(join(folder, 'tls')) : undefined;
    const temporal = await OPEN_TEMPORAL[options.server ?? 'postgres'](processes, folder, mutualTls);
    const fakeSinch = await startFakeSinch(processes, options.fakeSinchSettings);
    const settings = {
      ...localSettings({ temporal: temporal.address, fakeSinch, folder }),
      ...temporal.settings,
      ...(options.callbacks && (await callbackSettings())),
      ...options.settings,
    };
    const receiver = options.callbacks ? await this.start(callbackReceiver(settings)) : undefined;
    const workers = await Promise.all(
      Array.from({ length: options.workers }, (_, index) => {
        const service = worker(settings, { name: `worker-${index + 1}`, program: options.workerProgram });
        return this.start({ ...service, graceMs: WORKER_GRACE_MS });
      }),
    );
    return {
      temporal,
      mutualTls,
      fakeSinch,
      settings,
      workers,
      folder,
      ...(receiver && { callbackReceiver: receiver }),
    };
  }

  /** Ends everything there is by now, also when opening failed half-way, and removes its data. */
  async close(): Promise<void> {
    for (const program of this.supervised) program.leave();
    await this.processes.stopAll();
    if (this.folder) await rm(this.folder, { recursive: true, force: true });
  }

  private async start(program: Service): Promise<Supervised> {
    const supervised = new Supervised(this.processes, program);
    this.supervised.push(supervised);
    await supervised.open();
    return supervised;
  }
}

const OPEN_TEMPORAL = { postgres: openPostgresTemporal, dev: openDevTemporal };

async function callbackSettings(): Promise<Record<string, string>> {
  const [port = 0] = await lastingPorts(1);
  return {
    NUMBER_ORDERS_CALLBACK_ADDRESS: `127.0.0.1:${port}`,
    NUMBER_ORDERS_CALLBACK_URL: `http://127.0.0.1:${port}`,
    SINCH_CALLBACK_SECRET: FAKE_HMAC_SECRET,
  };
}
