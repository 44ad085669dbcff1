import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { FakeControl } from '../../local/fake-control';
import { root } from '../../local/paths';
import { worker, workerIsReady } from '../../local/programs';
import { readClientSettings } from '../../src/config/settings';
import { createDataConverter } from '../../src/data-converter';
import { openStore } from '../../src/store/open-store';
import type { AttachmentStore } from '../../src/store/attachment-store';
import { type Cluster, type OpenCluster } from '../cluster/cluster';
import { CONTENDERS } from './contenders';
import { cpuTimeOf } from './cpu-time';

const benchWorkerProgram = join(root, 'dist/proof/bench/worker.js');

/** The processes whose CPU an order uses. The client is the bench itself. */
export type Part = 'server' | 'database' | 'worker' | 'client';

const PARTS: Record<string, Part> = { 'temporal-server': 'server', postgres: 'database' };

/** Writes those payloads and documents of a contender that a client writes. */
export interface ClientSide {
  client: Client;
  store: AttachmentStore;
}

/** The cluster that figures are measured on, without workers: each figure starts those that it needs. */
export class BenchStand {
  readonly sinch: FakeControl;
  private numbers = 0;

  private constructor(
    private readonly cluster: Cluster,
    readonly opened: OpenCluster,
    readonly plain: ClientSide,
    readonly encrypted: ClientSide,
    private readonly keys: string,
    private readonly connection: Connection,
  ) {
    this.sinch = new FakeControl(opened.fakeSinch);
  }

  static async open(cluster: Cluster): Promise<BenchStand> {
    const opened = await cluster.open();
    const keys = `bench:${randomBytes(32).toString('base64')}`;
    const connection = await Connection.connect({ address: opened.temporal.address });
    const side = (settings: Record<string, string>): ClientSide => {
      const { encryptionKeys, store } = readClientSettings(settings);
      return {
        client: new Client({ connection, dataConverter: createDataConverter(encryptionKeys) }),
        store: openStore(store, encryptionKeys),
      };
    };
    const { settings } = opened;
    const encrypted = side({ ...settings, NUMBER_ORDERS_ENCRYPTION_KEYS: keys });
    const stand = new BenchStand(cluster, opened, side(settings), encrypted, keys, connection);
    await stand.sinch.changeSettings({ uploadSeconds: 0, reviewSeconds: 0, attachmentLimitBytes: 200 * 1024 * 1024 });
    return stand;
  }

  close(): void {
    void this.connection.close();
  }

  /** Delays every answer of Sinch from now on. */
  async slowSinch(delayMs: number): Promise<void> {
    await this.sinch.fault({ operation: '*', effect: 'DELAY', delayMs, times: 'ALWAYS' });
  }

  /** Milliseconds of CPU that each part has used so far. */
  cpuTime(): Record<Part, number> {
    const used = { server: 0, database: 0, worker: 0, client: process.cpuUsage().user + process.cpuUsage().system };
    used.client /= 1_000;
    for (const [name, pid] of this.cluster.processes.pids) {
      const part = name.startsWith('worker') ? 'worker' : PARTS[name];
      if (part) used[part] += cpuTimeOf(pid);
    }
    return used;
  }

  /** A number that no other order asks for. */
  async newNumber(): Promise<string> {
    const ADDED_AT_ONCE = 1_000;
    if (this.numbers % ADDED_AT_ONCE === 0) {
      const from = this.numbers;
      await this.sinch.addNumbers(
        Array.from({ length: ADDED_AT_ONCE }, (_, index) => ({
          phoneNumber: numberAt(from + index),
          regionCode: 'AU',
          type: 'MOBILE',
          capabilities: ['SMS'],
        })),
      );
    }
    return numberAt(this.numbers++);
  }

  /** The product's own worker, as a separate process. */
  startWorker(name: string, settings: Record<string, string> = {}, encrypted = false) {
    return this.start(name, settings, encrypted);
  }

  /** The contenders that need no Sinch, all in one process. */
  startContenders() {
    return this.start('contenders', {}, false, benchWorkerProgram);
  }

  /** The contenders that are the product as it is deployed. */
  async startHttpContenders(): Promise<void> {
    const { http, httpEncrypted } = CONTENDERS;
    await this.startWorker('http', { NUMBER_ORDERS_TASK_QUEUE: http.taskQueue });
    await this.startWorker('http-encrypted', { NUMBER_ORDERS_TASK_QUEUE: httpEncrypted.taskQueue }, true);
  }

  private async start(name: string, settings: Record<string, string>, encrypted: boolean, program?: string) {
    const started = this.cluster.processes.start(
      worker(
        {
          ...this.opened.settings,
          ...(encrypted && { NUMBER_ORDERS_ENCRYPTION_KEYS: this.keys }),
          ...settings,
        },
        { name: `worker-${name}`, program },
      ),
    );
    await started.whenReady(workerIsReady);
    return started;
  }
}

const numberAt = (index: number): string => `+6149${String(index).padStart(7, '0')}`;
