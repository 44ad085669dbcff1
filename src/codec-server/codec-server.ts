import type { Payload } from '@temporalio/common';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { KeySource } from '../data-converter';
import { allowanceOfList, type Allowance } from '../data-converter/compression';
import { encodingOf } from '../data-converter/encoding';
import { decrypt, encrypt, ENCRYPTED } from '../data-converter/encryption';
import { addProbes } from '../http/probes';
import type { Authenticate } from './authenticate';
import { readPayloads, TooManyPayloadsError, writePayloads } from './remote-codec';

/** The outcomes of a request, with their status codes. */
const ANSWERS = {
  done: 200,
  malformed: 400,
  'not authenticated': 401,
  'too large': 413,
  /** A source of keys did not answer: the caller may retry. */
  'not available': 503,
  /** The caller disconnected. No one receives this status: it is how proxies log it. */
  'not taken': 499,
} as const;
export type CodecResult = keyof typeof ANSWERS;
type Refusal = Exclude<CodecResult, 'done' | 'not taken'>;

/** For logs. Has nothing of any payload. */
export interface CodecReport {
  path: string;
  result: CodecResult;
  status: number;
}

export interface CodecServerOptions {
  keys: KeySource;
  authenticate: Authenticate;
  /** The Web UI's origin; undefined: no page is allowed. */
  origin?: string;
  maxBodyBytes?: number;
  onRequest?: (report: CodecReport) => void;
}

type Convert = (payload: Payload, allowance: Allowance) => Promise<Payload>;

/**
 * Temporal's remote codec: lets the Web UI and the `temporal` CLI read and write encrypted payloads without the keys. All
 * namespaces share the keys, so the header `X-Namespace` is ignored.
 */
export function createCodecServer(options: CodecServerOptions): Hono {
  // A page of history has several payloads of up to 2 MB, each a third larger in base64.
  const { keys, authenticate, origin, maxBodyBytes = 32 * 1024 * 1024, onRequest } = options;

  const report = (c: Context, result: CodecResult) => {
    onRequest?.({ path: c.req.path, result, status: ANSWERS[result] });
  };
  const refuse = (c: Context, result: Refusal) => {
    report(c, result);
    return c.json({ error: result }, ANSWERS[result]);
  };
  /** Counts as done only once the whole answer was sent. */
  const reportWhenTaken = (c: Context) => {
    const { outgoing } = c.env as HttpBindings;
    const tell = () => report(c, outgoing.writableFinished ? 'done' : 'not taken');
    if (outgoing.closed) tell();
    else outgoing.once('close', tell);
  };

  const app = new Hono();
  app.onError((error, c) => refuse(c, error instanceof TooManyPayloadsError ? 'too large' : 'not available'));
  addProbes(app);
  // First, so that a page can read a refusal too, and because a preflight request has no authorization.
  if (origin !== undefined) {
    app.use(
      cors({
        origin: (asking) => (asking === origin ? origin : null),
        allowMethods: ['POST'],
        allowHeaders: ['Authorization', 'Content-Type', 'X-Namespace'],
        maxAge: 600,
      }),
    );
  }
  const converting = (convert: Convert) => async (c: Context) => {
    const payloads = readPayloads(await c.req.text());
    if (!payloads) return refuse(c, 'malformed');
    const allowance = allowanceOfList();
    const converted: Payload[] = [];
    for (const payload of payloads) converted.push(await convert(payload, allowance));
    const answer = c.json(writePayloads(converted), ANSWERS.done, { 'cache-control': 'no-store' });
    reportWhenTaken(c);
    return answer;
  };
  app.post('*', async (c, next) =>
    (await authenticate(c.req.header('authorization'))) ? next() : refuse(c, 'not authenticated'),
  );
  app.post('*', bodyLimit({ maxSize: maxBodyBytes, onError: (c) => refuse(c, 'too large') }));
  app.post(
    '/encode',
    converting(async (payload) => encrypt(await keys.current(), payload)),
  );
  app.post(
    '/decode',
    converting(async (payload, allowance) => decryptedOrAsItIs(keys, payload, allowance)),
  );
  return app;
}

/** For a payload that cannot be decrypted the reader sees that it is encrypted, and with which key. */
async function decryptedOrAsItIs(keys: KeySource, payload: Payload, allowance: Allowance): Promise<Payload> {
  if (encodingOf(payload) !== ENCRYPTED) return payload;
  const decrypted = await decrypt(keys, payload, allowance);
  return 'reason' in decrypted ? payload : decrypted;
}
