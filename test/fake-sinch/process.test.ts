import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

// As `npm run build` leaves it; `npm test` builds first.
const MAIN = join(__dirname, '../../dist/fake-sinch/main.js');

function start(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function firstOutput(stream: NodeJS.ReadableStream | null): Promise<string> {
  if (!stream) throw new Error('the process has no such stream');
  const [output] = (await once(stream, 'data')) as [Buffer];
  return output.toString();
}

test('the fake runs as a separate process, is configured by its environment, and ends on SIGTERM', async () => {
  const fake = start({
    FAKE_SINCH_PROJECT_ID: '42',
    FAKE_SINCH_RESERVATION_SECONDS: '90',
    FAKE_SINCH_HIDE_EXPIRE_TIME: 'true',
  });
  const url = /http:\/\/[^,\s]+/.exec(await firstOutput(fake.stdout))?.[0] ?? '';
  const settings = await fetch(`${url}/__control/settings`);
  expect(await settings.json()).toMatchObject({ reservationSeconds: 90, hideExpireTime: true, reviewSeconds: 3 });
  const order = await fetch(`${url}/v1/projects/42/numberOrders/none`, {
    headers: { authorization: `Basic ${Buffer.from('fake-key-id:fake-key-secret').toString('base64')}` },
  });
  expect(order.status).toBe(404);
  fake.kill('SIGTERM');
  expect(await once(fake, 'exit')).toEqual([0, null]);
});

test('a wrong setting is named, and the process ends with an error', async () => {
  const fake = start({ FAKE_SINCH_RESERVATION_SECONDS: 'long', FAKE_SINCH_HMAC_SECRET: 'short' });
  const [complaint, exit] = await Promise.all([firstOutput(fake.stderr), once(fake, 'exit')]);
  expect(complaint).toContain('FAKE_SINCH_RESERVATION_SECONDS: Invalid input: expected number, received string');
  expect(complaint).toContain('FAKE_SINCH_HMAC_SECRET: must be 32 to 64 letters, digits and hyphens');
  expect(exit).toEqual([1, null]);
});
