import { setImmediate } from 'node:timers/promises';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { decode, encode } from '@temporalio/common/lib/encoding';
import { authenticator } from '../../src/codec-server/authenticate';
import { createCodecServer, type CodecReport } from '../../src/codec-server/codec-server';
import { readPayloads, writePayloads } from '../../src/codec-server/remote-codec';
import { encrypt } from '../../src/data-converter/encryption';
import type { KeySource } from '../../src/data-converter';
import { serveApp, type HttpServer } from '../../src/http/serve-app';
import { bomb, letters } from '../support/bomb';
import { keyList, newKey } from '../support/keys';

const TOKEN = 'a-token-of-more-than-thirty-two-characters';
const ORIGIN = 'https://temporal.example';
const KYC = { data: [{ firstName: 'Jane', lastName: 'Doe' }] };

const keys = keyList(newKey('2026'));
const plain = defaultPayloadConverter.toPayload(KYC);

let server: HttpServer;
const reports: CodecReport[] = [];

async function open(options: { keys?: KeySource; origin?: string; maxBodyBytes?: number } = {}): Promise<HttpServer> {
  const app = createCodecServer({
    keys,
    authenticate: authenticator({ token: TOKEN }),
    onRequest: (report) => reports.push(report),
    ...options,
  });
  return serveApp(app, { host: '127.0.0.1', port: 0 });
}

beforeAll(async () => {
  server = await open({ origin: ORIGIN, maxBodyBytes: 100_000 });
});
afterAll(() => server.close());
beforeEach(() => reports.splice(0));

function post(path: string, payloads: Payload[] | string, headers: Record<string, string> = {}, { url } = server) {
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}`, ...headers },
    body: typeof payloads === 'string' ? payloads : JSON.stringify(writePayloads(payloads)),
  });
}

async function payloadsOf(answer: Response): Promise<Payload[]> {
  expect(answer.status).toBe(200);
  return readPayloads(await answer.text())!;
}

describe('a caller with a valid token', () => {
  it('can encrypt and decrypt several payloads at once, in order', async () => {
    const other = defaultPayloadConverter.toPayload('another');
    const encrypted = await payloadsOf(await post('/encode', [plain, other]));
    expect(encrypted.map(({ metadata }) => decode(metadata!.encoding!))).toEqual([
      'binary/encrypted',
      'binary/encrypted',
    ]);
    expect(decode(encrypted[0]!.metadata!['encryption-key-id']!)).toBe('2026');
    expect(Buffer.from(encrypted[0]!.data!).includes('Jane')).toBe(false);

    const decrypted = await payloadsOf(await post('/decode', encrypted));
    expect(decrypted.map((payload) => defaultPayloadConverter.fromPayload(payload))).toEqual([KYC, 'another']);
  });

  it('gets payloads back unchanged that are not encrypted or cannot be decrypted', async () => {
    const foreign = await encrypt(newKey('another'), plain);
    const broken = { metadata: { encoding: encode('binary/encrypted') }, data: encode('broken') };
    const answered = await payloadsOf(await post('/decode', [plain, foreign, broken]));
    expect(writePayloads(answered)).toEqual(writePayloads([plain, foreign, broken]));
  });

  it('can send a request without payloads', async () => {
    await expect(payloadsOf(await post('/encode', '{}'))).resolves.toEqual([]);
  });

  it('is answered 400 for a body that does not follow the protocol, and 413 for one that is too large', async () => {
    for (const body of ['', 'null', '{"payloads":{}}', '{"payloads":[{"data":7}]}']) {
      expect((await post('/decode', body)).status).toBe(400);
    }
    expect((await post('/decode', 'x'.repeat(100_001))).status).toBe(413);
  });

  it('is refused more payloads than any page has, before they are parsed', async () => {
    const all = await open();
    const payloads = (count: number) => `{"payloads":[${Array<string>(count).fill('{}').join(',')}]}`;
    for (const path of ['/encode', '/decode']) {
      for (const count of [1_001, 300_000]) expect((await post(path, payloads(count), {}, all)).status).toBe(413);
      expect((await post(path, payloads(1_000), {}, all)).status).toBe(200);
    }
    const metadata = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`m${index}`, '']));
    expect((await post('/encode', JSON.stringify({ payloads: [{ metadata }] }), {}, all)).status).toBe(413);
    await all.close();
  });

  it('gets a payload back unchanged that would inflate too far, so that no payload exhausts the server', async () => {
    const all = await open();
    const [key] = keys.keys;
    const decryptedOf = async (sent: Payload[]) => {
      const answered = await payloadsOf(await post('/decode', sent, {}, all));
      return answered.map(({ metadata }) => decode(metadata!.encoding!) === 'json/plain');
    };
    const large = await encrypt(key, letters(3_900_000));
    await expect(decryptedOf([bomb(key, letters(48_000_000)), large])).resolves.toEqual([false, true]);
    await expect(decryptedOf(Array<Payload>(6).fill(large))).resolves.toEqual([true, true, true, true, false, false]);
    await all.close();
  });

  it('is told to try again when the keys cannot be fetched', async () => {
    const unreachable = () => Promise.reject(new Error('the key service is down: secret detail'));
    const waiting = await open({ keys: { current: unreachable, find: unreachable } });
    const answers = [
      await post('/encode', [plain], {}, waiting),
      await post('/decode', [await encrypt(newKey('any'), plain)], {}, waiting),
    ];
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
    expect(await answers[0]!.text()).not.toContain('secret');
    await waiting.close();
  });
});

describe('a caller without a valid token', () => {
  it.each([
    ['no authorization', ''],
    ['another token', `Bearer ${TOKEN}x`],
    ['the token, but not as a bearer token', `Basic ${TOKEN}`],
    ['an empty token', 'Bearer '],
  ])('is refused with %s', async (_what, authorization) => {
    for (const path of ['/encode', '/decode', '/anything']) {
      const answer = await post(path, [plain], { authorization });
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain('Jane');
    }
  });
});

describe('a page in a browser', () => {
  const preflight = (origin: string, { url } = server) =>
    fetch(`${url}/decode`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });

  it('can ask if it is the Web UI, and can read refusals too', async () => {
    const { status, headers } = await preflight(ORIGIN);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(headers.get('access-control-allow-methods')).toBe('POST');
    expect(headers.get('access-control-allow-headers')?.toLowerCase()).toBe('authorization,content-type,x-namespace');
    for (const authorization of [`Bearer ${TOKEN}`, 'Bearer expired']) {
      const answer = await post('/decode', [plain], { origin: ORIGIN, authorization });
      expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    }
  });

  it.each(['https://elsewhere.example', 'https://temporal.example.elsewhere.example', 'null'])(
    'cannot ask if its origin is %s',
    async (origin) => {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
      const answer = await post('/decode', [plain], { origin });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('cannot ask if no Web UI is configured', async () => {
    const forTheCli = await open();
    expect((await preflight(ORIGIN, forTheCli)).headers.get('access-control-allow-origin')).toBeNull();
    await forTheCli.close();
  });
});

it('the log has the result of each request, and nothing of its content', async () => {
  await post('/decode', [plain], { authorization: 'Bearer Jane' });
  await post('/decode', [plain]);
  while (reports.length < 2) await setImmediate();
  expect(reports).toEqual([
    { path: '/decode', result: 'not authenticated', status: 401 },
    { path: '/decode', result: 'done', status: 200 },
  ]);
});

it('an answer whose reader has disconnected is not logged as given', async () => {
  const reader = new AbortController();
  const gone = await open({
    keys: {
      current: async () => {
        reader.abort();
        return keys.current();
      },
      find: (id) => keys.find(id),
    },
  });
  const request = {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify(writePayloads([letters(3_000_000)])),
  };
  await expect(fetch(`${gone.url}/encode`, { ...request, signal: reader.signal })).rejects.toThrow();
  while (reports.length === 0) await setImmediate();
  expect(reports).toEqual([{ path: '/encode', result: 'not taken', status: 499 }]);
  await gone.close();
});
