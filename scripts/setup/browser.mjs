import { run, SetupError } from './run.mjs';

/** What the browser tests look at pages with, and the demo fills in the KYC page with. Any Chromium does; it is driven, never built against. */
export const browser = {
  title: 'browser',
  name: 'chromium',
  otherNames: ['chromium-browser', 'google-chrome', 'google-chrome-stable'],
  variable: 'NUMBER_ORDERS_CHROMIUM',
  sources: [{ name: 'apt-get install chromium', get: installWithApt }],
  remedy:
    'Install Chromium or Google Chrome so that it is in PATH, or name its executable in NUMBER_ORDERS_CHROMIUM.\n' +
    'Until then the browser tests are skipped, and fail where CI=true is set.',
};

async function installWithApt() {
  if (process.getuid?.() !== 0) throw new SetupError('only root can do that');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { name: 'apt-get update', env });
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { name: 'apt-get install', env });
  return '/usr/bin/chromium';
}
