import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import webpack, { type Configuration } from 'webpack';
import { createDataConverter } from '../../src/data-converter';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { asSetting, keyList, newKey } from '../support/keys';
import { PROOF_OF_IDENTITY } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { devServer, devServerAddress } from '../support/temporal';

// It requires the client as `npm run build` leaves it; `npm test` builds first.
const SERVICE = join(__dirname, 'bundled-service.cjs');

async function withEsbuild(outfile: string): Promise<void> {
  await build({ entryPoints: [SERVICE], outfile, bundle: true, platform: 'node', logLevel: 'error' });
}

async function withWebpack(outfile: string): Promise<void> {
  const configuration: Configuration = {
    mode: 'none',
    target: 'node',
    entry: SERVICE,
    output: { path: join(outfile, '..'), filename: 'webpack.cjs' },
  };
  const stats = await promisify<Configuration, webpack.Stats | undefined>(webpack)(configuration);
  expect(stats?.toJson({ all: false, errors: true }).errors).toEqual([]);
}

describe('a service that is bundled into one file, and runs where no package is installed,', () => {
  const keys = keyList(newKey('one'));
  let stand: OrderStand;
  let folder: string;
  beforeAll(async () => {
    const environment = await devServer({ dataConverter: createDataConverter(keys) });
    stand = await openStand(environment, { dataConverter: createWorkerDataConverter(keys) });
    folder = await mkdtemp(join(tmpdir(), 'bundled-service-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await stand.close();
    await stand.environment.teardown();
  });

  it.each([
    ['esbuild', withEsbuild],
    ['webpack', withWebpack],
  ])('can order, send a document, cancel and audit when its bundler is %s', async (bundler, bundle) => {
    const file = join(folder, `${bundler}.cjs`);
    await bundle(file);

    const { stdout } = await promisify(execFile)(
      process.execPath,
      [file, `bundled-${randomUUID()}`, PROOF_OF_IDENTITY],
      {
        cwd: folder,
        env: {
          PATH: process.env.PATH,
          TEMPORAL_ADDRESS: devServerAddress(),
          TEMPORAL_CONFIG_FILE: '/no/such/file',
          NUMBER_ORDERS_TASK_QUEUE: stand.taskQueue,
          NUMBER_ORDERS_STORE: `file:${stand.folder}`,
          NUMBER_ORDERS_ENCRYPTION_KEYS: asSetting(keys),
        },
      },
    );

    expect(JSON.parse(stdout)).toEqual({
      stage: 'AWAITING_KYC',
      taken: true,
      refused: 'OrderRefusedError',
      outcome: 'CANCELLED',
      seen: true,
    });
  });
});
