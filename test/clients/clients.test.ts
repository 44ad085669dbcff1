import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../local/paths';
import { tools } from '../support/tools';
import { openStand, type Stand } from './stand';

let stand: Stand;
beforeAll(async () => {
  stand = await openStand();
});
afterAll(() => stand.close());

/** Runs a program of another language, and fails with all that it has printed. */
async function run(command: string, args: string[], folder: string): Promise<string> {
  const options = { cwd: join(root, folder), env: { ...process.env, ...stand.settings }, maxBuffer: 64 * 1024 * 1024 };
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, options);
    return stdout + stderr;
  } catch (error) {
    const { message, stdout = '', stderr = '' } = error as Error & { stdout?: string; stderr?: string };
    throw new Error([message, stdout, stderr].join('\n'), { cause: error });
  }
}

describe('the Python kit', () => {
  const folder = 'clients/python';
  const pytest = tools().pythonKit ?? '';
  const beside = async (name: string) => join(dirname(await realpath(pytest)), name);

  it('orders, registers, attaches, cancels and follows, which a Python service needs', async () => {
    const said = await run(pytest, ['-q', '-p', 'no:cacheprovider'], folder);
    expect(said).toMatch(/^\d+ passed in /m);
  });

  it('passes mypy in its strictest mode', async () => {
    expect(await run(await beside('mypy'), ['--cache-dir', '/dev/null'], folder)).toContain('Success: no issues found');
  });
});

describe('the Go kit', () => {
  it('orders, registers, attaches, cancels and follows, which a Go service needs', async () => {
    // Not from the cache: the stand is another one each time.
    expect(await run(tools().go ?? '', ['test', '-count=1', './...'], 'clients/go')).toMatch(/^ok /m);
  });

  it('passes go vet and gofmt', async () => {
    const go = tools().go ?? '';
    await run(go, ['vet', './...'], 'clients/go');
    expect(await run(join(dirname(await realpath(go)), 'gofmt'), ['-l', '.'], 'clients/go')).toBe('');
  });
});

describe('the Java kit', () => {
  it('has an example that orders, registers, attaches and follows, which a Java service needs', async () => {
    const said = await run(tools().maven ?? '', ['--offline', '--batch-mode', 'test'], 'clients/java');
    expect(said).toMatch(/Tests run: \d+, Failures: 0, Errors: 0, Skipped: 0$/m);
  });
});
