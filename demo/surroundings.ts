import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { connectNumberOrders, readClientSettings } from '../src/client';
import { SEARCH_ATTRIBUTES } from '../src/contract';
import { requireSearchAttributes } from '../src/worker/search-attributes';
import { demoSettings, neutralEnvironment } from './environment';
import { DemoError } from './error';
import { FakeControl } from './fake-control';
import { fakeSinchProgram, toolsFile, workerProgram } from './paths';
import { freePort } from './ports';
import { Processes } from './processes';

export interface Ports {
  /** 0: any free one. */
  temporal: number;
  ui: number;
}

/** What orders live in: a Temporal server, a fake Sinch and a worker, each a process of its own, and a client. */
export class Surroundings {
  readonly processes = new Processes();
  private folder: string | undefined;

  constructor(private readonly ports: Ports) {}

  async open() {
    const temporalCli = await readTemporalCli();
    this.folder = await mkdtemp(join(tmpdir(), 'number-orders-demo-'));
    const [temporal, fakeSinch] = await Promise.all([this.startTemporal(temporalCli), this.startFakeSinch()]);
    const settings = demoSettings({ temporal: temporal.address, fakeSinch, folder: this.folder });
    await this.startWorker(settings);
    const client = await connectNumberOrders(readClientSettings(settings));
    return {
      orders: client.orders,
      temporal: client.temporal,
      sinch: new FakeControl(fakeSinch),
      uiUrl: temporal.uiUrl,
      fakeSinch,
      settings,
      temporalCli,
      /** Gone when this is closed. */
      folder: this.folder,
    };
  }

  /** Whatever there is by now, also when opening failed half-way. The client goes with the process that holds it. */
  async close(): Promise<void> {
    await this.processes.stopAll();
    if (this.folder) await rm(this.folder, { recursive: true, force: true });
  }

  private async startTemporal(command: string) {
    const port = await freePort(this.ports.temporal);
    const uiPort = await freePort(this.ports.ui);
    const attributes = Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => [
      '--search-attribute',
      `${name}=${type}`,
    ]);
    const server = this.processes.start({
      name: 'temporal-server',
      command,
      // In memory: every demo begins with a clean slate, and leaves nothing behind.
      args: ['server', 'start-dev', '--ip', '127.0.0.1', '--port', `${port}`, '--ui-port', `${uiPort}`, ...attributes],
      env: neutralEnvironment(),
    });
    const address = `127.0.0.1:${port}`;
    await server.whenReady(() => answersWithSearchAttributes(address));
    return { address, uiUrl: `http://127.0.0.1:${uiPort}` };
  }

  private async startFakeSinch(): Promise<string> {
    const fake = this.processes.start({
      name: 'fake-sinch',
      command: process.execPath,
      args: [fakeSinchProgram],
      env: neutralEnvironment(),
    });
    return fake.whenReady((output) => /Fake Sinch at (http:[^,\s]+)/.exec(output)?.[1]);
  }

  private async startWorker(settings: Record<string, string>): Promise<void> {
    const worker = this.processes.start({
      name: 'worker',
      command: process.execPath,
      args: [workerProgram],
      env: { ...neutralEnvironment(), ...settings },
    });
    await worker.whenReady((output) => output.includes('Worker is running') || undefined);
  }
}

export type OpenSurroundings = Awaited<ReturnType<Surroundings['open']>>;

async function readTemporalCli(): Promise<string> {
  try {
    const { temporal } = JSON.parse(await readFile(toolsFile, 'utf8')) as { temporal: string };
    return temporal;
  } catch {
    throw new DemoError(`${toolsFile} cannot be read: run \`npm run setup\` first, or start with \`npm run demo\`.`);
  }
}

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
