import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

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

describe('the set-up, looking for a tool', () => {
  let directory: string;
  let executable: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'number-orders-setup-'));
    executable = join(directory, 'a-tool-nobody-has');
    writeFileSync(executable, '#!/bin/sh\n');
    chmodSync(executable, 0o755);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('takes the one that an environment variable names', () => {
    const { status, output } = runModule(findTool('[]'), { NUMBER_ORDERS_A_TOOL: executable });
    expect(output).toContain(`${executable} (named by NUMBER_ORDERS_A_TOOL)`);
    expect(status).toBe(0);
  });

  it('takes the one in PATH', () => {
    expect(runModule(findTool('[]'), { PATH: directory }).output).toContain(`${executable} (in PATH)`);
  });

  it('says so when the variable names nothing that can be run, rather than looking elsewhere', () => {
    const { status, output } = runModule(findTool('[]'), { NUMBER_ORDERS_A_TOOL: '/nowhere/tool', PATH: directory });
    expect(output).toContain('NUMBER_ORDERS_A_TOOL names /nowhere/tool, which is not an executable file.');
    expect(status).toBe(1);
  });

  it('goes on to the next source when one cannot deliver', () => {
    const sources = `[
      { name: 'the first source', get: async () => { throw new SetupError('the network is down'); } },
      { name: 'the second source', get: async () => '/from/the/second' },
    ]`;
    expect(runModule(findTool(sources)).output).toContain('/from/the/second (the second source)');
  });

  it('says at the end what was tried and what to install', () => {
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

describe('the set-up, running a command', () => {
  const runCommand = (command: string, args: string): string => `
    import { fail, run } from '${root}/scripts/setup/run.mjs';
    await run(${command}, ${args}, { name: 'setup test' }).catch(fail);
  `;

  it('says when the command is not installed', () => {
    expect(runModule(runCommand("'a-command-nobody-has'", '[]')).output).toContain(
      'a-command-nobody-has is not installed',
    );
  });

  it('shows the end of what the command printed when it fails', () => {
    const args = `['--eval', 'console.error("the reason"); process.exit(3)']`;
    const { output } = runModule(runCommand('process.execPath', args));
    expect(output).toContain('ended with 3');
    expect(output).toContain('the reason');
  });
});

describe('the set-up as a whole', () => {
  it('uses nothing but modules of Node and its own, as it runs before packages are installed', () => {
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
