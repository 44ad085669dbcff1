import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(__dirname, '../..');

test('the commands that a kept demo prints work as printed, and Ctrl-C ends it all', async () => {
  const demo = spawn(process.execPath, [join(ROOT, 'dist/demo/main.js'), '--keep'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(demo, 'exit');
  let printed = '';
  const invited = new Promise<void>((resolve) => {
    demo.stdout.on('data', (chunk) => {
      printed += String(chunk);
      if (printed.includes('ends it all')) resolve();
    });
  });
  await Promise.race([invited, exit]);
  try {
    const [, invitation = ''] = printed.split('from the root of the repository:');
    const [commands = ''] = invitation.split('Temporal UI');
    // What npx runs, without the seconds npx takes for each.
    const script = commands.replaceAll('npx number-orders', 'node dist/src/cli/main.js');
    const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd: ROOT });
    expect(stdout).not.toContain('FAILED');
    expect(stdout).toContain('Registration REFUSED');
    expect(stdout).toContain('Registration ACCEPTED');
    expect(stdout).toMatch(/^visitor-au {2}COMPLETED$/m);
    expect(stdout).toMatch(/"stage": "AWAITING_KYC"/);
    expect(stdout).toMatch(/Result +\{.*"outcome":"COMPLETED".*"reference":"visitor-gb"/);
    expect(stdout).toMatch(/^visitor-de {2}CANCELLED$/m);
    expect(stdout).toMatch(/"phoneNumbers":\["\+61480000042"\],"state":"COMPLETED"/);
  } finally {
    demo.kill('SIGINT');
  }
  expect(await exit).toEqual([0, null]);
}, 240_000);
