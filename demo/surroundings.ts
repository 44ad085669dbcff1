import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { neutralEnvironment } from '../local/environment';
import { FakeControl } from '../local/fake-control';
import { freePort } from '../local/free-ports';
import { Processes } from '../local/processes';
import { intake, startFakeSinch, worker } from '../local/programs';
import { readTools } from '../local/tools';
import { connectNumberOrders, readClientSettings } from '../src/client';
import { createNexusEndpoint } from '../src/nexus/endpoint';
import { NEXUS_ENDPOINT, SEARCH_ATTRIBUTES, TASK_QUEUE } from '@number-orders/contract';
import { requireSearchAttributes } from '../src/worker/search-attributes';
import { openCodecRelay } from './codec-relay';
import { encryptionSettings, startCodecServer } from './encryption';
import { demoSettings, intakeSettings } from './settings';
import type { Tracing } from './tracing';

export interface Ports {
  /** 0: any free one. */
  temporal: number;
  ui: number;
}

/** What orders live in: a Temporal server, a codec server, a fake Sinch, a worker and an intake, each its own process, and a client. */
export class Surroundings {
  readonly processes: Processes;
  private folder: string | undefined;

  /**
   * @param tracing what worker and client trace with; undefined: they do not
   * @param name of its logs
   */
  constructor(
    private readonly ports: Ports,
    private readonly tracing?: Tracing,
    name = 'demo',
  ) {
    this.processes = new Processes(name);
  }

  async open() {
    const { temporal: temporalCli } = await readTools('temporal');
    this.folder = await mkdtemp(join(tmpdir(), 'number-orders-demo-'));
    const uiPort = await freePort(this.ports.ui);
    const uiUrl = `http://127.0.0.1:${uiPort}`;
    const encryption = encryptionSettings(await freePort(), uiUrl);
    const relay = await openCodecRelay({
      codecServer: encryption.TEMPORAL_CODEC_ENDPOINT,
      authorization: encryption.TEMPORAL_CODEC_AUTH,
      origin: uiUrl,
    });
    const [temporal, fakeSinch] = await Promise.all([
      this.startTemporal(temporalCli, uiPort, relay.url),
      startFakeSinch(this.processes),
      startCodecServer(this.processes, encryption),
    ]);
    const settings = {
      ...demoSettings({ temporal, fakeSinch, folder: this.folder }),
      ...encryption,
      ...intakeSettings(await freePort()),
    };
    const services = [worker({ ...settings, ...this.tracing?.workerSettings }), intake(settings)];
    await Promise.all(services.map((service) => this.processes.start(service).whenReady(service.isReady)));
    const client = await connectNumberOrders(readClientSettings(settings), { tracing: this.tracing !== undefined });
    await createNexusEndpoint(client.temporal, NEXUS_ENDPOINT, TASK_QUEUE);
    return {
      orders: client.orders,
      temporal: client.temporal,
      sinch: new FakeControl(fakeSinch),
      uiUrl,
      fakeSinch,
      settings,
      temporalCli,
      /** Gone when this is closed. */
      folder: this.folder,
    };
  }

  /** Closes everything that was started, even if opening failed half-way. Client and relay end with their process. */
  async close(): Promise<void> {
    await this.processes.stopAll();
    if (this.folder) await rm(this.folder, { recursive: true, force: true });
  }

  /** @returns its address */
  private async startTemporal(command: string, uiPort: number, codecEndpoint: string): Promise<string> {
    const port = await freePort(this.ports.temporal);
    const attributes = Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => [
      '--search-attribute',
      `${name}=${type}`,
    ]);
    const server = this.processes.start({
      name: 'temporal-server',
      command,
      // In memory: every demo begins with a clean slate, and leaves nothing behind.
      args: [
        ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', `${port}`],
        ...['--ui-port', `${uiPort}`, '--ui-codec-endpoint', codecEndpoint, ...attributes],
      ],
      env: neutralEnvironment(),
    });
    const address = `127.0.0.1:${port}`;
    await server.whenReady(() => answersWithSearchAttributes(address));
    return address;
  }
}

export type OpenSurroundings = Awaited<ReturnType<Surroundings['open']>>;

async function answersWithSearchAttributes(address: string): Promise<true | undefined> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: '1 second' });
    await requireSearchAttributes(connection, 'default');
    return true;
  } catch {
    return undefined;
  } finally {
    await connection?.close();
  }
}
