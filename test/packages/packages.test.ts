import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import webpack, { type Configuration } from 'webpack';
import { asSetting, keyList, newKey } from '../support/keys';
import { PROOF_OF_IDENTITY } from '../support/kyc';
import { devServerAddress } from '../support/temporal';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process';
import { install, node, pack, PACKAGES, root, type Installer, type Packed, type PackageName } from './packed';

const PUBLINT = require.resolve('publint').replace(/src.*/, 'src/cli.js');
const ATTW = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
const TSC = require.resolve('typescript/bin/tsc');

/** What none of ours brings along unless it is asked for. */
const HEAVY = /^@temporalio[+/](worker|core-bridge|interceptors-opentelemetry)|^@aws-sdk|^@opentelemetry|^axios|^pino/;

let folder: string;
let packed: Record<PackageName, Packed>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packages-'));
  packed = await pack(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(PACKAGES)('the package %s', (name) => {
  it('contains what its users need, and nothing else', () => {
    const { files } = packed[name];
    const needed =
      /^(LICENSE|README\.md|package\.json|(schemas|vectors)\/.+\.(json|md)|dist\/.+\.(js|mjs|d\.ts|d\.mts))$/;
    expect(files.filter((file) => !needed.test(file))).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/index.mjs']));
  });

  it('loads only the packages that it depends on, so that it works where no other package installs them', async () => {
    const folder = join(root, 'packages', name);
    const { dependencies, peerDependencies } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      dependencies?: object;
      peerDependencies?: object;
    };
    const code = packed[name].files
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFile(join(folder, file), 'utf8'));
    const loaded = (await Promise.all(code)).flatMap((text) =>
      [...text.matchAll(/\b(?:require|import)\(["']((?:@[\w-]+\/)?[\w.-]+)[^"']*["']\)/g)].map(([, from = '']) => from),
    );
    const asked = Object.keys({ ...dependencies, ...peerDependencies });
    expect(loaded.filter((from) => !/^(\.|node)/.test(from) && !asked.includes(from))).toEqual([]);
    expect(asked.filter((from) => !loaded.includes(from))).toEqual([]);
  });

  it('passes publint', async () => {
    await node([PUBLINT, 'run', packed[name].tarball, '--strict', '--level', 'suggestion'], folder);
  });

  it('has types that resolve with every module resolution', async () => {
    await node([ATTW, packed[name].tarball, '--no-emoji'], folder);
  });
});

describe.each<Installer>(['npm', 'pnpm'])('a project that has installed our packages with %s', (installer) => {
  const keys = asSetting(keyList(newKey('one')));
  let project: string;
  let fake: ChildProcess | undefined;
  let worker: WorkerProcess | undefined;
  let settings: Record<string, string>;

  beforeAll(async () => {
    project = join(folder, installer);
    await install(installer, project, packed);
    // A service in each kind of module.
    for (const [kind, type] of [
      ['esm', 'module'],
      ['cjs', 'commonjs'],
    ] as const) {
      await mkdir(join(project, kind));
      await writeFile(join(project, kind, 'package.json'), JSON.stringify({ type }));
      await copyFile(join(__dirname, 'consumer.ts'), join(project, kind, 'consumer.ts'));
    }
    await compile('node16', 'node16');
    fake = spawn(join(project, 'node_modules/.bin/fake-sinch'), { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(fake.stdout!, 'data')) as [Buffer];
    const [url = ''] = /http:\/\/[^,\s]+/.exec(said.toString()) ?? [];
    settings = {
      NUMBER_ORDERS_STORE: `file:${join(project, 'store')}`,
      NUMBER_ORDERS_ENCRYPTION_KEYS: keys,
      NUMBER_ORDERS_TASK_QUEUE: `packages-${randomUUID()}`,
    };
    const sinch = {
      SINCH_NUMBERS_URL: url,
      SINCH_AUTH_URL: `${url}/oauth2/token`,
      SINCH_PROJECT_ID: 'fake-project',
      SINCH_KEY_ID: 'fake-key-id',
      SINCH_KEY_SECRET: 'fake-key-secret',
    };
    worker = await startWorkerProcess({ ...settings, ...sinch });
  });
  afterAll(async () => {
    await worker?.stop();
    if (fake?.kill('SIGTERM')) await once(fake, 'exit');
  });

  /** Fails on what the compiler says of the service, the types of our packages included. */
  async function compile(module: string, moduleResolution: string, ...more: string[]): Promise<void> {
    const files = ['esm/consumer.ts', 'cjs/consumer.ts'];
    const options = ['--module', module, '--moduleResolution', moduleResolution, '--strict', '--target', 'es2022'];
    await node([TSC, ...files, ...options, '--types', 'node', '--skipLibCheck', ...more], project);
  }

  async function run(file: string): Promise<unknown> {
    const environment = {
      PATH: process.env.PATH,
      TEMPORAL_ADDRESS: devServerAddress(),
      TEMPORAL_CONFIG_FILE: '/no/such/file',
      ...settings,
    };
    return JSON.parse(await node([file, `packed-${randomUUID()}`, PROOF_OF_IDENTITY], project, environment));
  }

  const ALL_WENT_WELL = {
    stage: 'AWAITING_KYC',
    taken: true,
    refused: 'OrderRefusedError',
    outcome: 'CANCELLED',
    seen: true,
    numbers: true,
  };

  it('does not install a worker, the core bridge, AWS or OpenTelemetry', async () => {
    const names =
      installer === 'npm'
        ? Object.keys(
            (
              JSON.parse(await readFile(join(project, 'node_modules/.package-lock.json'), 'utf8')) as {
                packages: object;
              }
            ).packages,
          ).map((path) => path.replace(/^.*node_modules\//, ''))
        : await readdir(join(project, 'node_modules/.pnpm'));
    expect(names.filter((name) => HEAVY.test(name))).toEqual([]);
    expect(names.some((name) => name.startsWith('@temporalio'))).toBe(true);
  });

  it.each(['esm', 'cjs'])('can order, send a document, cancel and audit from %s', async (kind) => {
    expect(await run(join(project, kind, 'consumer.js'))).toEqual(ALL_WENT_WELL);
  });

  it('loads one copy of the contract for import and require', async () => {
    const script = `
      import * as imported from '@number-orders/contract';
      import { createRequire } from 'node:module';
      const required = createRequire(import.meta.url)('@number-orders/contract');
      console.log(imported.readRequest === required.readRequest && imported.FAILURES === required.FAILURES);`;
    expect(await node(['--input-type=module', '--eval', script], project)).toBe('true\n');
  });

  it('can order when esbuild has bundled it into one small file', async () => {
    const outfile = join(project, 'esbuild/consumer.cjs');
    await build({
      entryPoints: [join(project, 'esm/consumer.js')],
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      logLevel: 'error',
    });
    expect(await run(outfile)).toEqual(ALL_WENT_WELL);
  });

  // These take their time. That the packages are found as pnpm installs them, node16 and esbuild have shown.
  if (installer === 'npm') {
    it.each([
      ['node10', 'commonjs', ['--ignoreDeprecations', '6.0', '--esModuleInterop']],
      ['bundler', 'esnext', []],
    ])('compiles with the module resolution %s', async (moduleResolution, module, more) => {
      await compile(module, moduleResolution, '--noEmit', ...more);
    });

    it('can order when webpack has bundled it into one file', async () => {
      const configuration: Configuration = {
        mode: 'none',
        target: 'node',
        entry: join(project, 'esm/consumer.js'),
        output: { path: join(project, 'webpack'), filename: 'consumer.cjs' },
      };
      const stats = await promisify<Configuration, webpack.Stats | undefined>(webpack)(configuration);
      expect(stats?.toJson({ all: false, errors: true }).errors).toEqual([]);
      expect(await run(join(project, 'webpack/consumer.cjs'))).toEqual(ALL_WENT_WELL);
    });
  }

  it('gets an error that names the missing package when its store is in S3', async () => {
    const script = `
      const { openStore } = require('@number-orders/client');
      const store = openStore({ url: 's3://bucket/prefix', s3: { pathStyle: true } });
      store.isErased('shop-1').catch((error) => console.log(error.message));`;
    expect(await node(['--eval', script], project)).toContain('npm install @aws-sdk/client-s3');
  });
});
