import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Runs `source` as a module beside the set-up's own, which use Node's modules only and are plain JavaScript. */
function runModule(
  source: string,
  environment: Record<string, string> = {},
): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', source], {
    cwd: join(root, 'scripts/setup'),
    env: { ...process.env, NUMBER_ORDERS_A_TOOL: '', ...environment },
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

const findTool = (sources: string): string => `
  import { findTool } from '${root}/scripts/setup/find-tool.mjs';
  import { fail, SetupError } from '${root}/scripts/setup/run.mjs';
  const tool = { title: 'tool', name: 'a-tool-nobody-has', variable: 'NUMBER_ORDERS_A_TOOL', remedy: 'Install it.' };
  await findTool({ ...tool, sources: ${sources} }).catch(fail);
`;

describe('the set-up, when it looks for a tool,', () => {
  let directory: string;
  let executable: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'number-orders-setup-'));
    executable = join(directory, 'a-tool-nobody-has');
    writeFileSync(executable, '#!/bin/sh\n');
    chmodSync(executable, 0o755);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('uses the one that an environment variable names', () => {
    const { status, output } = runModule(findTool('[]'), { NUMBER_ORDERS_A_TOOL: executable });
    expect(output).toContain(`${executable} (named by NUMBER_ORDERS_A_TOOL)`);
    expect(status).toBe(0);
  });

  it('uses the one in PATH', () => {
    expect(runModule(findTool('[]'), { PATH: directory }).output).toContain(`${executable} (in PATH)`);
  });

  it('reports a variable that names no executable, and does not look elsewhere', () => {
    const { status, output } = runModule(findTool('[]'), { NUMBER_ORDERS_A_TOOL: '/nowhere/tool', PATH: directory });
    expect(output).toContain('NUMBER_ORDERS_A_TOOL names /nowhere/tool, which is not an executable file.');
    expect(status).toBe(1);
  });

  it('tries the next source when one fails', () => {
    const sources = `[
      { name: 'the first source', get: async () => { throw new SetupError('the network is down'); } },
      { name: 'the second source', get: async () => '/from/the/second' },
    ]`;
    expect(runModule(findTool(sources)).output).toContain('/from/the/second (the second source)');
  });

  it('reports at the end what was tried and what to install', () => {
    const sources = `[{ name: 'the only source', get: async () => { throw new SetupError('the network is down'); } }]`;
    const { status, output } = runModule(findTool(sources));
    expect(output).toContain('NUMBER_ORDERS_A_TOOL is not set');
    expect(output).toContain('no a-tool-nobody-has in PATH');
    expect(output).toContain('the only source: the network is down');
    expect(output).toContain('Install it.');
    expect(output).not.toContain('    at ');
    expect(status).toBe(1);
  });
});

describe('the set-up, when it runs a command,', () => {
  const runCommand = (command: string, args: string): string => `
    import { fail, run } from '${root}/scripts/setup/run.mjs';
    await run(${command}, ${args}, { name: 'setup test' }).catch(fail);
  `;

  it('reports a command that is not installed', () => {
    expect(runModule(runCommand("'a-command-nobody-has'", '[]')).output).toContain(
      'a-command-nobody-has is not installed',
    );
  });

  it("shows the end of the command's output when it fails", () => {
    const args = `['--eval', 'console.error("the reason"); process.exit(3)']`;
    const { output } = runModule(runCommand('process.execPath', args));
    expect(output).toContain('ended with 3');
    expect(output).toContain('the reason');
  });
});

describe('a download of the set-up', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'number-orders-setup-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  /** A `go` that has downloaded something, and notes what else it is asked for. */
  const build = (version: string, sum: string) => {
    const told = JSON.stringify({ Sum: sum, Dir: directory });
    const script = `#!/bin/sh\n[ "$1 $2" = "mod download" ] && echo '${told}' || echo "$*" >> ${directory}/asked\n`;
    writeFileSync(join(directory, 'go'), script);
    chmodSync(join(directory, 'go'), 0o755);
    const source = `
      import { goSource } from '${root}/scripts/setup/go-tool.mjs';
      import { fail } from '${root}/scripts/setup/run.mjs';
      const wanted = { module: 'github.com/temporalio/cli', version: '${version}', command: './cmd/temporal' };
      await goSource('a-tool', wanted).get().catch(fail);
    `;
    return runModule(source, { PATH: `${directory}:${process.env.PATH ?? ''}` });
  };
  const [, version = '', sum = ''] =
    /^github.com\/temporalio\/cli (\S+) (\S+)$/m.exec(read('scripts/setup/modules.sum')) ?? [];
  const asked = () => existsSync(join(directory, 'asked')) && readFileSync(join(directory, 'asked'), 'utf8');

  it('from the Go module proxy is built if its checksum matches', () => {
    expect(build(version, sum)).toMatchObject({ status: 0 });
    expect(asked()).toMatch(/^build -mod=readonly .* \.\/cmd\/temporal\n$/);
  });

  it('from the Go module proxy is not built if its checksum differs', () => {
    const { status, output } = build(version, 'h1:another');
    expect(output).toContain(`github.com/temporalio/cli ${version} was downloaded with h1:another, which is not`);
    expect({ status, asked: asked() }).toEqual({ status: 1, asked: false });
  });

  it('from the Go module proxy is not built in a version without a recorded checksum', () => {
    const { status, output } = build('v0.0.1', sum);
    expect(output).toContain('github.com/temporalio/cli v0.0.1 has no checksum');
    expect({ status, asked: asked() }).toEqual({ status: 1, asked: false });
  });

  it('from the Go module proxy has a recorded checksum for the version in use', () => {
    const source = `
      for (const file of ['docker-compose', 'helm', 's3-server', 'temporal-cli', 'temporal-server']) {
        const tools = Object.values(await import('${root}/scripts/setup/' + file + '.mjs'));
        for (const { module, version } of tools.flatMap(({ sources }) => sources)) {
          if (module) console.log(module + ' ' + version);
        }
      }
    `;
    const wanted = runModule(source).output.trim().split('\n');
    const kept = read('scripts/setup/modules.sum').trim().split('\n');
    expect(kept.map((line) => line.split(' ', 2).join(' '))).toEqual([...new Set(wanted)].sort());
    for (const line of kept) expect(line).toMatch(/ h1:[A-Za-z0-9+/]{43}=$/);
  });

  it('from Maven is refused if a file is changed, missing or added', () => {
    const list = join(directory, 'list.sha256');
    const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
    writeFileSync(list, `${sha256('one')}  one.jar\n${sha256('two')}  two.jar\n`);
    const jars = join(directory, 'lib');
    mkdirSync(jars);
    const check = (files: Record<string, string>) => {
      for (const [file, content] of Object.entries(files)) writeFileSync(join(jars, file), content);
      return runModule(`
        import { checkFiles } from '${root}/scripts/setup/checksums.mjs';
        import { fail } from '${root}/scripts/setup/run.mjs';
        try { checkFiles('${jars}', '${list}'); } catch (error) { fail(error); }
      `);
    };
    expect(check({ 'one.jar': 'one' })).toMatchObject({
      status: 1,
      output: expect.stringContaining('two.jar is missing'),
    });
    expect(check({ 'two.jar': 'two' })).toEqual({ status: 0, output: '' });
    expect(check({ 'one.jar': 'changed' }).output).toContain('one.jar has another checksum');
    expect(check({ 'one.jar': 'one', 'more.jar': 'more' }).output).toContain(
      'more.jar has another checksum, or is not listed',
    );
  });

  it('from Maven has a checksum for each file, including the server', () => {
    const version = /^const VERSION = '(.+)';$/m.exec(read('scripts/setup/test-server.mjs'))?.[1];
    const lines = read('scripts/setup/test-server.sha256').trim().split('\n');
    for (const line of lines) expect(line).toMatch(/^[0-9a-f]{64} {2}\S+\.jar$/);
    expect(lines.map((line) => line.slice(66))).toContain(`temporal-test-server-${version ?? ''}.jar`);
  });

  it('from the npm registry has a checksum in the lock file for each package and platform', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { integrity?: string; link?: boolean; resolved?: string }>;
    };
    const downloaded = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
    expect(downloaded.length).toBeGreaterThan(500);
    expect(
      downloaded.filter(([, { integrity }]) => !(integrity ?? '').startsWith('sha512-')).map(([path]) => path),
    ).toEqual([]);
    // Whose registry it is, everybody decides for themselves.
    expect(downloaded.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});

describe('the set-up as a whole', () => {
  it('uses only modules of Node and its own, because it runs before packages are installed', () => {
    const seen = new Set<string>();
    const follow = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)) {
        expect(name).toMatch(/^(node:|\.\/)/);
        if (name.startsWith('./')) follow(join(file, '..', name));
      }
    };
    follow(join(root, 'scripts/setup.mjs'));
    expect(seen.size).toBeGreaterThan(1);
  });
});
