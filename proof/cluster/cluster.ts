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
  /** Settings of workers and clients, see docs/settings.md. They override the cluster's own. */
  settings?: Record<string, string>;
  /** A compiled program in place of the product's worker. It prints `Worker is running` once it runs. */
  workerProgram?: string;
  /** Environment variables, see docs/fake-sinch.md. */
  fakeSinchSettings?: Record<string, string>;
  /** Whether a callback receiver runs; `false` by default. */
  callbacks?: boolean;
  /** `postgres` by default, as in production; `dev` for the dev server of the Temporal CLI. */
  server?: ServerKind;
  /** Whether Temporal's server and its clients use mutual TLS; not with `dev`. */
  mutualTls?: boolean | undefined;
  /** The prefix of its log files; `cluster` by default. */
  logs?: string;
}

export type ServerKind = 'postgres' | 'dev';

/** The running parts and their addresses. */
export interface OpenCluster {
  temporal: Temporal;
  /** Undefined if it was not asked for. */
  mutualTls?: MutualTls | undefined;
  /** Base URL. */
  fakeSinch: string;
  /** The settings with which worker, client and command lines find all parts. */
  settings: Record<string, string>;
  workers: readonly Supervised[];
  /** Undefined if it was not asked for. */
  callbackReceiver?: Supervised;
  /** Deleted when the cluster is closed. */
  folder: string;
}

/** Longer than a worker's own NUMBER_ORDERS_SHUTDOWN_GRACE. */
const WORKER_GRACE_MS = 35_000;

/**
 * The topology of production on free loopback ports: Temporal on PostgreSQL with its Web UI, a fake Sinch, and
 * workers as processes of their own. Logs are in .number-orders/logs.
 */
export class Cluster {
  readonly processes: Processes;
  private folder: string | undefined;
  private supervised: Supervised[] = [];

  constructor(private readonly options: ClusterOptions) {
    this.processes = new Processes(options.logs ?? 'cluster');
  }

  /** @throws {ToldError} with the remedy; `close` ends what was started before */
  async open(): Promise<OpenCluster> {
    const { processes, options } = this;
    const folder = await mkdtemp(join(tmpdir(), 'number-orders-cluster-'));
    this.folder = folder;
    // PostgreSQL may run as another user, who must be able to reach its folder in there.
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

  /** Ends everything that was started, also when opening failed half-way, and deletes its data. */
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
