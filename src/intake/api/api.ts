import { Readable } from 'node:stream';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { attachmentKeyOf, formOf, readAttachment, type Violation } from '@number-orders/contract';
import { InvalidRequestError } from '../../client/errors';
import type { Intake, IntakeEnv } from '../http/intake';
import { kycUrlOf } from '../links/kyc-url';
import { stageDocument } from '../order/stage-document';
import { callerFinder, type Scope } from './callers';
import { fileNameIn } from './file-name';
import { openApi } from './openapi';
import { problem, problemOf } from './problem';
import { readLinkWish } from './read-link-wish';

/** Much more than a request for a link needs. */
const BODY_BYTES = 10_000;

/** The API with which other services submit documents, in any language. A body is read only after its sender is authenticated. */
export function api(intake: Intake): Hono<IntakeEnv> {
  const { desk, store, quotas, maxDocumentBytes, returnHosts, access } = intake;
  const findCaller = callerFinder(access);
  const description = openApi(intake.url);

  const app = new Hono<IntakeEnv>();
  app.onError((error, c) => {
    const answer = problemOf(c, error);
    if (!answer) throw error;
    return answer;
  });
  app.get('/v1/openapi.json', (c) => c.json(description));

  const allow = (scope: Scope) =>
    createMiddleware<IntakeEnv>(async (c, next) => {
      const caller = await findCaller(c.req.header('authorization'));
      if (!caller) return problem(c, 'not-authenticated');
      c.set('caller', caller.name);
      if (!caller.scopes.includes(scope)) return problem(c, 'not-allowed', { detail: `The scope is ${scope}` });
      return next();
    });

  app.get('/v1/orders/:reference/requirements', allow('read'), async (c) => {
    const { view } = await desk.findOpen(c.req.param('reference'));
    const requirements = view.requirements ?? null;
    const { sections, schema } = formOf(requirements);
    if (c.req.header('accept')?.includes('application/schema+json'))
      return c.body(JSON.stringify(schema), 200, { 'content-type': 'application/schema+json' });
    return c.json({ stage: view.stage, sections, schema, attachments: requirements?.attachments ?? [] });
  });

  app.get('/v1/orders/:reference/outstanding', allow('read'), async (c) => {
    const { view } = await desk.findOpen(c.req.param('reference'));
    const { stage, phoneNumbers, expireTime, outstanding, missingTitles, attachments } = view;
    return c.json({
      stage,
      phoneNumbers,
      ...(expireTime !== undefined && { expireTime }),
      ...outstanding,
      missingTitles,
      received: attachments.map(({ attachmentId, status }) => ({ attachmentId, status })),
    });
  });

  app.post(
    '/v1/orders/:reference/kyc-links',
    allow('links'),
    bodyLimit({ maxSize: BODY_BYTES, onError: (c) => problem(c, 'too-large') }),
    async (c) => {
      const wish = readLinkWish(await jsonIn(c), returnHosts);
      const { reference, firstRunId } = await desk.findOpen(c.req.param('reference'));
      const { url, expiresAt } = await kycUrlOf(intake, { reference, firstRunId, ...wish });
      return c.json({ url, expiresAt: expiresAt.toISOString() }, 201);
    },
  );

  app.put('/v1/orders/:reference/attachments/:attachmentId', allow('documents'), async (c) => {
    const { reference, attachmentId } = c.req.param();
    const known = documentOf(c, reference, attachmentId);
    const order = await desk.findOpen(reference);
    if (Number(c.req.header('content-length') ?? 0) > maxDocumentBytes) return problem(c, 'too-large');
    const content = c.req.raw.body ? Readable.fromWeb(c.req.raw.body) : Readable.from([]);
    const spend = (bytes: number) => quotas.mayKeep(reference, bytes);
    const staged = await stageDocument(store, reference, content, { maxBytes: maxDocumentBytes, spend });
    if ('refused' in staged) {
      if (staged.refused === 'empty') throw invalid([{ field: 'body', description: 'is empty: send the document' }]);
      if (staged.refused === 'tooLarge') return problem(c, 'too-large');
      if (staged.refused === 'limit') return problem(c, 'limit-reached');
      return problem(c, staged.refused === 'orderEnded' ? 'order-ended' : 'not-stored');
    }
    if (!(await quotas.mayTell(reference))) return problem(c, 'limit-reached');
    return c.json(await desk.attach(order, { ...known, ...staged.stored }, 'http'));
  });

  app.all('/v1/*', (c) => problem(c, 'not-acceptable'));
  return app;
}

const invalid = (violations: Violation[]) => new InvalidRequestError(violations, 'The document');

async function jsonIn(c: Context): Promise<unknown> {
  const text = await c.req.text();
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The description of a document, checked before any byte of it is read. @throws {InvalidRequestError} */
function documentOf(c: Context, reference: string, attachmentId: string) {
  const documentType = c.req.query('documentType');
  const mimeType = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const fileName = fileNameIn(c.req.header('content-disposition'));
  const stored = { key: attachmentKeyOf(reference, '0'.repeat(64)), size: 1, sha256: '0'.repeat(64) };
  const { value, violations = [] } = readAttachment(reference)({
    ...stored,
    attachmentId,
    mimeType,
    fileName,
    ...(documentType && { documentType }),
  });
  if (value) return value;
  const header: Record<string, string> = { mimeType: 'Content-Type', fileName: 'Content-Disposition' };
  throw invalid(violations.map(({ field, description }) => ({ field: header[field] ?? field, description })));
}
