import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { tools } from '../support/tools';

// Half a minute on a machine that has nothing else to do.
jest.setTimeout(240_000);

// As `npm run build` leaves it; `npm test` builds first.
const MAIN = join(__dirname, '../../dist/demo/main.js');

/** The settings of somebody who works with the real thing: the demo must not touch it. */
const realSettings = { TEMPORAL_ADDRESS: 'example.invalid:7233', SINCH_NUMBERS_URL: 'https://example.invalid' };

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ...realSettings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function outcome(demo: ChildProcess) {
  const [output, errors, [code]] = await Promise.all([
    text(demo.stdout!),
    text(demo.stderr!),
    once(demo, 'exit') as Promise<[number | null]>,
  ]);
  return { output, errors, code };
}

/** Where the demo said that something is. */
function urlsIn(output: string): string[] {
  return [...output.matchAll(/(?:Temporal UI|Fake Sinch) +(http:\S+)/g)].map(([, url]) => url!);
}

const isGone = (url: string) =>
  fetch(url)
    .then(() => false)
    .catch(() => true);

/** One more order where there is a browser to fill in its KYC page with. */
const hasBrowser = tools().browser !== undefined || process.env.CI === 'true';
const SCREENSHOT = '.number-orders/logs/demo-kyc-page.png';
const PNG = Buffer.from('\u0089PNG', 'latin1');

test('the demo takes its orders to the outcomes that it announces, one by the KYC page, and leaves nothing running', async () => {
  await rm(join(__dirname, '../..', SCREENSHOT), { force: true });
  const { output, errors, code } = await outcome(start());
  expect(errors).toBe('');
  for (const [order, ending] of [
    ['no-kyc', 'EXPIRED'],
    ['au-mobile', 'COMPLETED'],
    ['us-by-search', 'COMPLETED'],
    ['started-twice', 'COMPLETED'],
    ...(hasBrowser ? [['by-page', 'COMPLETED']] : []),
  ]) {
    expect(output).toMatch(new RegExp(`^  ${order} +${ending} +${ending} +\\d+  yes$`, 'm'));
  }
  const orders = hasBrowser ? 5 : 4;
  expect(output).toContain(`yes  ${orders} references, ${orders} reservations`);
  if (hasBrowser) {
    expect(output).toContain(`(as it was sent: ${SCREENSHOT})`);
    const picture = await readFile(join(__dirname, '../..', SCREENSHOT));
    expect(picture.subarray(0, PNG.length)).toEqual(PNG);
  }
  expect(output).toContain('fields to correct: State, Postal code');
  expect(output).toMatch(/yes {2}Temporal stores of au-mobile's request: [A-Za-z0-9+/]{60}…/);
  expect(output).toContain('yes  the codec server shows: {"reference":"au-mobile"');
  // Neither colours where nobody looks, nor KYC.
  expect(output).not.toContain('\u001b');
  expect(output).not.toContain('Example');
  expect(code).toBe(0);
  const urls = urlsIn(output);
  expect(urls).toHaveLength(2);
  expect(await Promise.all(urls.map(isGone))).toEqual([true, true]);
});

test('a story ends with the verdict of the fake Sinch', async () => {
  const { output, code } = await outcome(start('--story', '4'));
  const [, verdict = ''] = output.split('Verdict of the fake Sinch');
  expect(verdict.match(/^ {2}yes {2}/gm)).toHaveLength(5);
  expect(verdict).toContain('yes  Sinch processed one submit for each');
  expect(code).toBe(0);
});

test('a trace is printed from the service through workflow and activities to each call of Sinch', async () => {
  const { output, errors, code } = await outcome(start('--trace'));
  expect(errors).toBe('');
  const [, tree = ''] = output.split(/^Trace [0-9a-f]{32}$/m);
  /** The names of the spans above the first of this name, which stand further left. */
  const above = (name: string) => {
    const rows = [...tree.matchAll(/^ +[\d.]+ +[\d.]+ {2}([ │├└─]*)(\S.*?) {2}/gm)];
    const names: string[] = [];
    let depth = Infinity;
    for (const [, stem = '', span = ''] of rows.slice(0, rows.findIndex(([, , span]) => span === name) + 1).reverse()) {
      if (stem.length < depth) names.push(span);
      depth = Math.min(depth, stem.length);
    }
    return names;
  };
  expect(above('Sinch:submitNumberOrder')).toEqual([
    'Sinch:submitNumberOrder',
    'RunActivity:submitNumberOrder',
    'StartActivity:submitNumberOrder',
    'RunWorkflow:numberOrder',
    'UpdateWithStartWorkflow:reservation',
    'order a number',
  ]);
  expect(tree).toMatch(/Sinch:submitNumberOrder +number-orders-worker, answered 200$/m);
  expect(tree.match(/^ {2}yes {2}/gm)).toHaveLength(2);
  expect(tree).not.toContain('Example');
  expect(code).toBe(0);
});

test('an interrupted demo stops everything that it has started', async () => {
  const demo = start('--story', '10');
  demo.stdout!.on('data', (chunk) => {
    if (String(chunk).includes('IN_REVIEW')) demo.kill('SIGINT');
  });
  const { output, errors, code } = await outcome(demo);
  expect(output).not.toContain('Verdict');
  expect(errors).toContain('Interrupted.');
  expect(code).toBe(1);
  expect(await Promise.all(urlsIn(output).map(isGone))).toEqual([true, true]);
});

test('there are ten stories, and an unknown number is answered with the list of them', async () => {
  const { output } = await outcome(start('--story', 'list'));
  expect(output.trim().split('\n')).toHaveLength(10);
  const { errors, code } = await outcome(start('--story', '99'));
  expect(errors).toContain('--story must be one of 2, 3, 4, 7, 10, 11, 13, 14, 15, 17, or list.');
  expect(code).toBe(1);
});

test('a port that is taken is named, with what to do about it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { errors, code } = await outcome(start('--ui-port', String(port)));
  server.close();
  expect(errors).toContain(`Port ${port} cannot be listened on (EADDRINUSE)`);
  expect(code).toBe(1);
});
