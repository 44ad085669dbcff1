import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type FakeSinch, type FakeSinchOptions, startFakeSinch } from '../../fake-sinch';
import { type ConnectedClient, connectNumberOrders } from '../../src/client';
import { readClientSettings } from '../../src/config/settings';
import { devServerAddress } from './temporal';

// As `npm run build` leaves it; `npm test` builds first.
const MAIN = join(__dirname, '../../dist/src/worker.js');

export interface LogLine extends Record<string, unknown> {
  level: number;
  msg: string;
}

/** A worker as it is deployed, a process that knows nothing but its environment; and what it works with. */
export interface WorkerProcess {
  fake: FakeSinch;
  taskQueue: string;
  /** A client as a service of its own would make it. */
  connect(options?: Parameters<typeof connectNumberOrders>[1]): Promise<ConnectedClient>;
  /** Every line it has written to stdout so far. */
  lines: LogLine[];
  /** As on a crash: SIGKILL, then another one in its place. */
  killAndStartAgain(): Promise<void>;
  /** As on a deployment: SIGTERM, then everything it was doing comes to its end. */
  stop(): Promise<void>;
}

export async function startWorkerProcess(
  env: Record<string, string> = {},
  fakeOptions: FakeSinchOptions = {},
): Promise<WorkerProcess> {
  const fake = await startFakeSinch({ uploadSeconds: 0, reviewSeconds: 0, linkingSeconds: 0, ...fakeOptions });
  const folder = await mkdtemp(join(tmpdir(), 'worker-process-'));
  const settings = {
    TEMPORAL_ADDRESS: devServerAddress(),
    TEMPORAL_CONFIG_FILE: '/no/such/file',
    SINCH_PROJECT_ID: fake.projectId,
    SINCH_KEY_ID: fake.keyId,
    SINCH_KEY_SECRET: fake.keySecret,
    SINCH_NUMBERS_URL: fake.url,
    SINCH_AUTH_URL: fake.authUrl,
    NUMBER_ORDERS_TASK_QUEUE: `worker-process-${randomUUID()}`,
    NUMBER_ORDERS_STORE: `file:${folder}`,
    NUMBER_ORDERS_HEALTH_ADDRESS: 'off',
    NUMBER_ORDERS_UPLOAD_POLL: '1 second',
    NUMBER_ORDERS_REVIEW_POLL: '1 second',
    NUMBER_ORDERS_SETTLE_TIME: '1 second',
    ...env,
  };
  const spawnWorker = () =>
    spawn(process.execPath, [MAIN], {
      env: { PATH: process.env.PATH, ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  let child = spawnWorker();
  const lines: LogLine[] = [];
  const clear = async () => {
    await fake.close();
    await rm(folder, { recursive: true, force: true });
  };
  await running(child, lines).catch(async (error: unknown) => {
    await clear();
    throw error;
  });
  return {
    fake,
    lines,
    taskQueue: settings.NUMBER_ORDERS_TASK_QUEUE,
    connect: (options) => connectNumberOrders(readClientSettings(settings), options),
    killAndStartAgain: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      child = spawnWorker();
      await running(child, lines);
    },
    stop: async () => {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await clear();
    },
  };
}

/** Resolves when the worker says that it is running. */
function running(child: ChildProcess, lines: LogLine[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('exit', (code) => reject(new Error(`The worker ended with ${code ?? 'a signal'}: ${complaint}`)));
    createInterface({ input: child.stdout! }).on('line', (text) => {
      const line = JSON.parse(text) as LogLine;
      lines.push(line);
      if (line.msg === 'Worker is running') resolve();
    });
  });
}
