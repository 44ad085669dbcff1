import { once } from 'node:events';
import { connect } from 'node:net';
import { workflowIdOf } from '@number-orders/contract';
import { auMobile, usLocal } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { devServer } from '../support/temporal';
import { newKeys, openIntake, type OpenIntake } from './open-intake';
import { signLink } from '../../src/intake/links/link';

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'";

describe('the intake over HTTP', () => {
  let stand: OrderStand;
  let intake: OpenIntake;
  let reference: string;

  beforeAll(async () => {
    stand = await openStand(await devServer());
    intake = await openIntake(stand);
    reference = await waiting();
  });
  afterAll(async () => {
    await intake.close();
    await stand.close();
  });

  async function waiting(): Promise<string> {
    const started = await stand.start(auMobile);
    await stand.view(started, ({ stage }) => stage === 'AWAITING_KYC');
    return started;
  }
  const ask = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init });
  const post = (url: string, headers: Record<string, string> = {}) =>
    ask(url, { method: 'POST', headers: { origin: intake.url, ...headers } });
  async function opened(link: string) {
    const answer = await post(link);
    return { answer, cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0]! };
  }
  const pageOf = (which: string) => `${intake.url}/kyc/orders/${which}`;
  const history = async (which: string) =>
    (await stand.environment.client.workflow.getHandle(workflowIdOf(which)).describe()).historyLength;

  it('forbids in every answer caching and the browser features that the page does not need', async () => {
    const link = await intake.link(reference);
    const { cookie } = await opened(link);
    const answers = await Promise.all([
      ask(link),
      post(link),
      ask(pageOf(reference), { headers: { cookie } }),
      ask(pageOf(reference)),
      ask(`${intake.url}/kyc/forged`),
      ask(`${intake.url}/nothing/here`),
      ask(link, { method: 'POST', headers: { origin: 'https://evil.example' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 303, 200, 404, 404, 404, 403]);
    for (const { headers } of answers) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': POLICY,
        'cache-control': 'no-store',
        'referrer-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers.has('strict-transport-security')).toBe(false);
    }
  });

  it('tells browsers to use only https if the page is served over https', async () => {
    const secure = await openIntake(stand, { url: 'https://kyc.example' });
    const { headers } = await ask(`${secure.url}/robots.txt`);
    await secure.close();
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  it('loads nothing in a page from another host', async () => {
    const { cookie } = await opened(await intake.link(reference));
    const html = await (await ask(pageOf(reference), { headers: { cookie } })).text();
    const sources = [...html.matchAll(/\s(?:src|href|action)="([^"]*)"/g)].map(([, source]) => source!);
    const loaded = [...html.matchAll(/<(?:script|img|link)[^>]*\s(?:src|href)="([^"]*)"/g)].map(([, path]) => path!);
    expect(loaded).toHaveLength(2);
    for (const path of loaded) {
      expect(path).toMatch(/^\/assets\/[0-9a-f]{16}\.(css|js)$/);
      expect((await ask(intake.url + path)).headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
    expect(sources.filter((source) => source.includes('//')).sort()).toEqual([
      'https://example.com/letter-of-authorization.rtf',
      'https://telecom.example/privacy',
    ]);
    expect(html).not.toMatch(/\sstyle=|\son\w+=|<script>/);
  });

  it('keeps an opened link in a cookie of its order, which scripts and other sites cannot read', async () => {
    const { answer } = await opened(await intake.link(reference));
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/kyc/orders/${reference}`);
    const [name, ...attributes] = answer.headers.get('set-cookie')!.split('; ');
    expect(name).toMatch(/^__Host-kyc-[\w-]{16}=[\w.-]+$/);
    expect(name).not.toContain(reference);
    expect(attributes.filter((attribute) => !attribute.startsWith('Max-Age'))).toEqual([
      'Path=/',
      'HttpOnly',
      'Secure',
      'SameSite=Strict',
    ]);
    const [, age] = /Max-Age=(\d+)/.exec(attributes.join()) ?? [];
    expect(Number(age)).toBeGreaterThan(3_590);
    expect(Number(age)).toBeLessThanOrEqual(3_600);
  });

  it('changes nothing by GET, however often a mail scanner opens the link', async () => {
    const link = await intake.link(reference);
    const { cookie } = await opened(link);
    const before = await history(reference);
    const scanned = [link, link, pageOf(reference), `${pageOf(reference)}?details`, `${pageOf(reference)}?language=fr`];
    for (const url of scanned) {
      const answer = await ask(url, { headers: { cookie } });
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null]);
      expect((await ask(url, { method: 'HEAD', headers: { cookie } })).status).toBe(200);
    }
    expect(await history(reference)).toBe(before);
  });

  it('gives the same answer for every link that does not open, so that their causes cannot be told apart', async () => {
    const [other, ended] = await Promise.all([waiting(), stand.start(usLocal)]);
    await stand.client.result(ended);
    const good = await intake.link(reference);
    const path = (token: Promise<string>) => token.then((each) => `${intake.url}/kyc/${each}`);
    const long = { issuedAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) };
    const [token] = good.split('/').slice(-1);
    const bad: Record<string, string | Promise<string>> = {
      expired: intake.link(reference, { expiresAt: new Date(Date.now() - 1) }),
      forged: path(signLink(newKeys(), { reference, firstRunId: 'x', ...long })),
      'of an earlier run': intake.link(reference, { firstRunId: '019c0b5e-0000-7000-8000-000000000002' }),
      'of no order': path(signLink(intake.keys, { reference: 'nowhere', firstRunId: 'x', ...long })),
      'of an order that has ended': intake.link(ended),
      truncated: good.slice(0, -1),
      'cut in the middle': good.slice(0, -100),
      'of another page': `${intake.url}/kyc/orders`,
      'too long': `${intake.url}/kyc/${token!.repeat(20)}`,
      odd: `${intake.url}/kyc/%00%ff`,
    };
    const answers = new Map<string, string[]>();
    for (const [which, link] of Object.entries(bad)) {
      const answer = await post(await link);
      const { date: _date, ...headers } = Object.fromEntries(answer.headers);
      const seen = JSON.stringify({ status: answer.status, headers, body: await answer.text() });
      answers.set(seen, [...(answers.get(seen) ?? []), which]);
    }
    const withoutCookie = await Promise.all(
      [reference, other, 'nowhere', ended, '..%2f', 'ä'].map(async (each) => {
        const { cookie } = await opened(await intake.link(other));
        const foreign = each === other ? undefined : { cookie };
        const [seen, sent] = await Promise.all([
          ask(pageOf(each), foreign && { headers: foreign }),
          post(pageOf(each), foreign),
        ]);
        return [seen.status, sent.status, await seen.text(), await sent.text()];
      }),
    );
    expect([...answers.values()]).toEqual([Object.keys(bad)]);
    const [[only]] = [...answers].map(([seen]) => [JSON.parse(seen) as { status: number; body: string }]) as [
      [{ status: number; body: string }],
    ];
    expect(only).toMatchObject({ status: 404, body: expect.stringContaining('This link does not work') });
    for (const answer of withoutCookie) expect(answer).toEqual([404, 404, only.body, only.body]);
  });

  it('accepts a form only from its own pages', async () => {
    const link = await intake.link(reference);
    const { cookie } = await opened(link);
    for (const url of [link, pageOf(reference)]) {
      const from = async (headers: Record<string, string>, body?: FormData) =>
        (await ask(url, { method: 'POST', headers: { cookie, ...headers }, body: body ?? new FormData() })).status;
      expect(await from({ origin: 'https://evil.example' })).toBe(403);
      expect(await from({ origin: 'null' })).toBe(403);
      expect(await from({})).toBe(403);
      expect(await from({ 'sec-fetch-site': 'same-site' })).toBe(403);
      expect(await from({ 'content-type': 'application/json', origin: 'https://evil.example' })).toBe(403);
      expect(await from({ 'sec-fetch-site': 'same-origin' })).toBeLessThan(400);
    }
  });

  it('reads no byte of a body from a caller who is not authorized', async () => {
    const { hostname, port } = new URL(intake.url);
    const socket = connect(Number(port), hostname);
    const headers = ['content-type: multipart/form-data; boundary=x', 'content-length: 1000000000'];
    socket.write(
      `POST /kyc/orders/${reference} HTTP/1.1\r\nhost: x\r\norigin: ${intake.url}\r\n${headers.join('\r\n')}\r\n\r\n`,
    );
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 404 /);
  });

  it('limits the rate of a sender who asks too often, and of no other', async () => {
    const busy = await openIntake(stand, { quotas: { requests: 2 }, trustedProxies: ['127.0.0.1'] });
    const from = async (sender: string) => {
      const { status, headers } = await ask(`${busy.url}/kyc/x`, {
        headers: { 'x-forwarded-for': `1.1.1.1, ${sender}` },
      });
      return [status, headers.get('retry-after')];
    };
    const answers = [await from('2.2.2.2'), await from('2.2.2.2'), await from('2.2.2.2'), await from('3.3.3.3')];
    await busy.close();
    expect(answers).toEqual([
      [404, null],
      [404, null],
      [429, '60'],
      [404, null],
    ]);
  });

  it('logs routes and never paths, because a path would open an order', async () => {
    intake.reports.length = 0;
    const link = await intake.link(reference);
    const { cookie } = await opened(link);
    await ask(link);
    await ask(pageOf(reference), { headers: { cookie } });
    await ask(`${intake.url}/kyc/${reference}/x`);
    expect(intake.reports.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['POST', '/kyc/:token', 303],
      ['GET', '/kyc/:token', 200],
      ['GET', '/kyc/orders/:reference', 200],
      ['GET', '/kyc/*', 404],
    ]);
    expect(JSON.stringify(intake.reports)).not.toContain(reference);
  });
});
