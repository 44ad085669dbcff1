import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { codeBlocks } from '../support/documentation';
import { tools } from '../support/tools';
import { playDockerEngine, type DockerEngine, type Wanted } from './docker-engine';

const root = join(__dirname, '../..');
const run = promisify(execFile);

const FILLED_IN: Record<string, string> = {
  POSTGRES_PASSWORD: 'made-up',
  SINCH_PROJECT_ID: 'project',
  SINCH_KEY_ID: 'key',
};
const SECRETS = { SINCH_KEY_SECRET: 'the secret of a key', SINCH_CALLBACK_SECRET: 'x'.repeat(32) };
const JOBS = ['temporal-schema', 'temporal-namespace'];
const EVERYBODY = ['callbacks', 'codec', 'intake', 'fake', 'monitoring'].flatMap((profile) => ['--profile', profile]);
const WITH_SECRETS = { worker: 2, callbacks: 2, codec: 2, intake: 2, 'fake-sinch': 1 };

const [setUp = '', forProfiles = '', starts = ''] = codeBlocks('docs/docker-compose.md', 'sh');
const isThere = tools().dockerCompose !== undefined || process.env.CI === 'true';

(isThere ? describe : describe.skip)('docker compose up', () => {
  let folder: string;
  let engine: DockerEngine;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'number-orders-compose-'));
    for (const file of ['docker-compose.yml', '.env.example']) copyFileSync(join(root, file), join(folder, file));
    for (const file of ['monitoring/prometheus', 'monitoring/grafana/provisioning', 'monitoring/grafana/dashboards']) {
      mkdirSync(join(folder, file), { recursive: true });
    }
    engine = await playDockerEngine(join(folder, 'docker.sock'), JOBS);
  });
  afterEach(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  /** The set-up as the page has it, by somebody whose files nobody else may read unless they say so. */
  async function setUpAsDocumented(blocks: string): Promise<void> {
    const env = { PATH: process.env.PATH, HOME: folder, ...SECRETS };
    await run('sh', ['-euc', `umask 077\n${blocks}`], { cwd: folder, env });
    const filled = readFileSync(join(folder, '.env'), 'utf8').replace(
      /^(\w+)=$/gm,
      (line, name: string) => `${line}${FILLED_IN[name] ?? ''}`,
    );
    writeFileSync(join(folder, '.env'), filled);
  }

  async function up(...profiles: string[]): Promise<string> {
    const executable = tools().dockerCompose;
    if (!executable) throw new Error('There is no Docker Compose: `npm run setup` says how to get it.');
    const args = [...profiles, 'up', '--detach', '--no-build', '--pull', 'never'];
    const env = { PATH: process.env.PATH, HOME: folder, DOCKER_HOST: engine.host };
    const { stdout, stderr } = await run(executable, args, { cwd: folder, env, timeout: 60_000 });
    return stdout + stderr;
  }

  /** The host's file that a container sees at a path. */
  function fileBehind({ HostConfig: { Mounts } }: Wanted, path: string): string {
    const source = Mounts?.find(({ Target, Type }) => Type === 'bind' && Target === path)?.Source;
    if (!source) throw new Error(`Nothing is mounted at ${path}`);
    return source;
  }
  const filesNamedBy = (wanted: Wanted) =>
    wanted.Env.flatMap((variable) => /^\w+_FILE=(.+)$/.exec(variable)?.[1] ?? []).filter((path) =>
      path.startsWith('/run/secrets/'),
    );

  it('starts every service when it is set up as the page says', async () => {
    await setUpAsDocumented(setUp + forProfiles);
    const told = await up(...EVERYBODY);

    const services = [...Object.keys(WITH_SECRETS), 'temporal', 'postgres', 'prometheus', ...JOBS];
    expect({ told, started: Object.keys(engine.started()) }).toEqual({
      told,
      started: expect.arrayContaining(services),
    });
  });

  it('gives each of our containers its secrets, readable by a user who does not own the files', async () => {
    await setUpAsDocumented(setUp + forProfiles);
    await up(...EVERYBODY);

    for (const [service, count] of Object.entries(WITH_SECRETS)) {
      const wanted = engine.started()[service]!;
      expect(wanted.HostConfig.ReadonlyRootfs).toBe(true);
      const command = wanted.Cmd?.join(' ') ?? '';
      const read = [...filesNamedBy(wanted), ...(/\/run\/secrets\/\w+/.exec(command) ?? [])];
      expect({ service, count: read.length }).toEqual({ service, count });
      for (const path of read) {
        const file = fileBehind(wanted, path);
        // The last bit that lets others read: the image's user is another than the files'.
        expect({ path, readable: (statSync(file).mode & 0o004) !== 0 }).toEqual({ path, readable: true });
        expect(readFileSync(file, 'utf8').trim()).not.toBe('');
      }
    }
    const secret = fileBehind(engine.started().worker!, '/run/secrets/sinch_key_secret');
    expect(readFileSync(secret, 'utf8')).toBe(SECRETS.SINCH_KEY_SECRET);
    // What keeps everybody else on the machine out.
    expect(statSync(join(folder, 'secrets')).mode & 0o077).toBe(0);
  });

  it('shows none of our secrets in `docker inspect`', async () => {
    await setUpAsDocumented(setUp + forProfiles);
    await up(...EVERYBODY);
    const shown = JSON.stringify(Object.keys(WITH_SECRETS).map((service) => engine.started()[service]));
    for (const secret of Object.values(SECRETS)) expect(shown).not.toContain(secret);
  });

  it('needs no secret of a profile that is not enabled', async () => {
    await setUpAsDocumented(setUp);
    await up();
    expect(Object.keys(engine.started())).toContain('worker');
    expect(Object.keys(engine.started())).not.toContain('codec');
  });

  it("names a secret's file that is missing", async () => {
    await setUpAsDocumented(setUp);
    rmSync(join(folder, 'secrets/encryption_keys'));
    await expect(up()).rejects.toThrow(/bind source path does not exist: .*secrets\/encryption_keys/);
  });

  it('names a variable that is not filled in', async () => {
    await setUpAsDocumented(setUp);
    copyFileSync(join(root, '.env.example'), join(folder, '.env'));
    await expect(up()).rejects.toThrow(/required variable \w+ is missing a value: set it in \.env/);
  });

  it('is the command that the page prints', () => {
    for (const line of starts.trim().split('\n'))
      expect(line).toMatch(/^docker compose (--profile \w+ )*up --build --wait$/);
  });
});
