import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { NumberOrderRequest } from '@number-orders/contract';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { KycLinkError, NumberOrdersClient, OrderNotFoundError } from '../../src/client';
import { commandLine } from '../support/command-line';
import { PROBLEMS } from '../../src/intake/api/problem';
import { openApi } from '../../src/intake/api/openapi';
import { fileNameIn } from '../../src/intake/api/file-name';
import { auMobile, auRegistration, LETTER_OF_AUTHORIZATION, PROOF_OF_IDENTITY, usLocal } from '../support/kyc';
import { openStand, type OrderStand } from '../support/order-stand';
import { sinchOrderOf } from '../support/sinch-orders';
import { devServer } from '../support/temporal';
import { openIntake, SERVICES, type OpenIntake } from './open-intake';

const [shop, reader] = [`Bearer ${SERVICES[0].token}`, `Bearer ${SERVICES[1].token}`];

interface Operation {
  responses: Record<string, { content: Record<string, { schema: object }> }>;
}

describe('the HTTP API of the intake', () => {
  let stand: OrderStand;
  let intake: OpenIntake;
  let reference: string;
  let description: { paths: Record<string, Record<string, Operation>>; components: object };

  beforeAll(async () => {
    stand = await openStand(await devServer());
    intake = await openIntake(stand);
    reference = await waiting();
    description = (await (await fetch(`${intake.url}/v1/openapi.json`)).json()) as typeof description;
  });
  afterAll(async () => {
    await intake.close();
    await stand.close();
  });

  async function waiting(changes: Partial<NumberOrderRequest> = {}): Promise<string> {
    const started = await stand.start({ ...auMobile, registration: auRegistration(), ...changes });
    await stand.view(started, ({ stage }) => stage === 'AWAITING_KYC');
    return started;
  }

  /** Asks, and holds the answer to what the description says of that path and status. */
  async function ask(
    method: string,
    template: string,
    { order = reference, id = PROOF_OF_IDENTITY, query = '', token = shop, body, headers = {} }: Partial<Asked> = {},
  ) {
    const target = template.replace('{reference}', order).replace('{attachmentId}', encodeURIComponent(id));
    const answer = await fetch(`${intake.url}/v1/orders/${target}${query}`, {
      method,
      headers: { ...(token && { authorization: token }), ...headers },
      ...(body !== undefined && { body }),
    });
    const type = answer.headers.get('content-type') ?? '';
    const content = (await answer.json()) as Record<string, unknown>;
    const documented = description.paths[`/v1/orders/${template}`]?.[method.toLowerCase()]?.responses[answer.status];
    const schema = documented?.content[type]?.schema;
    if (!schema) throw new Error(`${method} ${template} documents no ${answer.status} ${type}`);
    const ajv = new Ajv2020({ strict: false });
    addFormats(ajv);
    const validate = ajv.compile({ ...schema, components: description.components });
    validate(content);
    expect(validate.errors ?? []).toEqual([]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    return { status: answer.status, content };
  }
  interface Asked {
    order: string;
    id: string;
    query: string;
    token: string;
    body: string;
    headers: Record<string, string>;
  }
  const pdf = {
    body: '%PDF-1.7',
    headers: { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="passport.pdf"' },
  };
  const DOCUMENT = '{reference}/attachments/{attachmentId}';
  const LINKS = '{reference}/kyc-links';

  it('accepts a document that curl sends, and does not count the same bytes as a second document', async () => {
    const order = await waiting({ expectedAttachments: [LETTER_OF_AUTHORIZATION] });
    const folder = await mkdtemp(path.join(tmpdir(), 'curl-'));
    await writeFile(path.join(folder, 'passport.pdf'), '%PDF-1.7 of curl');
    const curl = async () => {
      const { stdout } = await promisify(execFile)('curl', [
        ...['--silent', '--show-error', '--upload-file', path.join(folder, 'passport.pdf')],
        ...['--header', `authorization: ${shop}`, '--header', 'content-type: application/pdf'],
        ...['--header', 'content-disposition: attachment; filename="passport.pdf"'],
        `${intake.url}/v1/orders/${order}/attachments/${PROOF_OF_IDENTITY}`,
      ]);
      return JSON.parse(stdout) as object;
    };
    for (const time of ['first', 'second'])
      expect([time, await curl()]).toEqual([time, { status: 'ACCEPTED', violations: [] }]);
    expect(await sinchOrderOf(stand, order)).toMatchObject({ attachments: { [PROOF_OF_IDENTITY]: { uploads: 1 } } });
    await rm(folder, { recursive: true });
  });

  it('signs links that open the page, in the language and with the return address that were asked for', async () => {
    const before = Date.now();
    const wish = { expiresIn: '2 hours', language: 'fr', returnUrl: 'https://shop.example/orders/1' };
    const { status, content } = await ask('POST', LINKS, { body: JSON.stringify(wish) });
    expect(status).toBe(201);
    const { url, expiresAt } = content as { url: string; expiresAt: string };
    expect(Math.abs(Date.parse(expiresAt) - before - 2 * 3_600_000)).toBeLessThan(60_000);
    const page = await fetch(url);
    expect(await page.text()).toContain('<html lang="fr">');
    const pressed = await fetch(url, { method: 'POST', redirect: 'manual', headers: { origin: intake.url } });
    expect(pressed.status).toBe(303);
    // Nothing wished for, and null for a field, are the same.
    expect(await ask('POST', LINKS)).toMatchObject({ status: 201 });
    expect(await ask('POST', LINKS, { body: '{"language":null}' })).toMatchObject({ status: 201 });
  });

  it('signs links for the client library, which reports its usual errors', async () => {
    const { client } = stand.environment;
    const clientOf = (token: string, url = intake.url) =>
      new NumberOrdersClient({ client, taskQueue: stand.taskQueue, intake: { url, token } });
    const { url } = await clientOf(SERVICES[0].token).kycLink(reference, { language: 'es' });
    expect(await (await fetch(url)).text()).toContain('<html lang="es">');

    const ask = (token: string) => clientOf(token).kycLink(reference);
    await expect(clientOf(SERVICES[0].token).kycLink('nowhere')).rejects.toThrow(OrderNotFoundError);
    await expect(clientOf(SERVICES[0].token).kycLink(reference, { language: 'tlh' })).rejects.toThrow(
      /language must be/,
    );
    await expect(ask(SERVICES[1].token)).rejects.toThrow(/answered 403/);
    await expect(ask('no-token')).rejects.toThrow(KycLinkError);
    await expect(clientOf('x', 'http://127.0.0.1:1').kycLink(reference)).rejects.toThrow(/could not be reached/);
    expect(() => stand.client.kycLink(reference)).toThrow(/knows no intake/);
  });

  it('prints a link for operators, signed with the keys if the command has them, or else by the intake', async () => {
    const env = { NUMBER_ORDERS_INTAKE_URL: intake.url };
    const keys = `test:${intake.keys.keys[0].key.export().toString('base64')}`;
    const cli = (more: object, ...args: string[]) =>
      commandLine(stand)(['kyc-link', ...args], { env: { ...env, ...more } });
    for (const secret of [{ NUMBER_ORDERS_INTAKE_KEYS: keys }, { NUMBER_ORDERS_INTAKE_TOKEN: SERVICES[0].token }]) {
      const { code, printed } = await cli(secret, reference, '--language', 'de', '--expires-in', '2 days');
      expect([code, (await fetch(printed.split('\n')[0]!)).status]).toEqual([0, 200]);
      expect((await cli(secret, 'nowhere')).code).toBe(1);
      expect((await cli(secret, reference, '--expires-in', 'soon')).printed).toMatch(/expiresIn must be a time/);
    }
  });

  it.each<[string, string, string[]]>([
    ['no JSON', '{', ['body']],
    ['a list', '[]', ['body']],
    ['an invalid time', '{"expiresIn":"soon"}', ['expiresIn']],
    ['a time that is too long', '{"expiresIn":"91 days"}', ['expiresIn']],
    ['no time at all', '{"expiresIn":"0 days"}', ['expiresIn']],
    ['an unknown language', '{"language":"tlh"}', ['language']],
    ['another host', '{"returnUrl":"https://evil.example/"}', ['returnUrl']],
    [
      'several things',
      '{"expiresIn":7,"returnUrl":"http://shop.example","langauge":"de"}',
      ['expiresIn', 'langauge', 'returnUrl'],
    ],
  ])('names each wrong field of a request for a link: %s', async (_what, body, fields) => {
    const { status, content } = await ask('POST', LINKS, { body });
    const errors = content.errors as { field: string }[];
    expect([status, errors.map(({ field }) => field).sort()]).toEqual([400, fields]);
  });

  it('returns what is asked for, as fields and as a JSON Schema, and what is outstanding', async () => {
    const { content } = await ask('GET', '{reference}/requirements', { token: reader });
    expect(content).toMatchObject({ stage: 'AWAITING_KYC', attachments: [{ id: PROOF_OF_IDENTITY }, {}] });
    const schema = await ask('GET', '{reference}/requirements', { headers: { accept: 'application/schema+json' } });
    expect(schema.content).toEqual(content.schema);
    const validate = new Ajv2020({ strict: false }).compile(schema.content);
    expect(validate((auRegistration() as { data: unknown }).data)).toBe(true);

    const { content: outstanding } = await ask('GET', '{reference}/outstanding', { token: reader });
    expect(outstanding).toMatchObject({
      registration: false,
      attachments: [PROOF_OF_IDENTITY],
      missingTitles: [{ id: PROOF_OF_IDENTITY, title: 'Proof of identity' }],
      received: [],
    });
  });

  it('admits only callers with a token, and each only within its scope', async () => {
    for (const token of ['', 'Bearer x', 'Basic dTpw', `${shop}x`, `Bearer ${'x'.repeat(5_000)}`]) {
      for (const [method, template] of operations())
        expect([template, (await ask(method, template, { token })).status]).toEqual([template, 401]);
    }
    expect((await ask('PUT', DOCUMENT, { token: reader, ...pdf })).status).toBe(403);
    expect((await ask('POST', LINKS, { token: reader })).status).toBe(403);
    expect(intake.reports.at(-1)).toMatchObject({ caller: 'reader', status: 403 });
  });
  const operations = () =>
    Object.entries(description.paths).flatMap(([route, methods]) =>
      Object.keys(methods).map((method) => [method.toUpperCase(), route.replace('/v1/orders/', '')] as const),
    );

  it('distinguishes an order that does not exist from one that has ended', async () => {
    const ended = await stand.start(usLocal);
    await stand.client.result(ended);
    for (const [method, template] of operations()) {
      const sent = method === 'PUT' ? pdf : {};
      expect((await ask(method, template, { order: 'nowhere', ...sent })).status).toBe(404);
      expect((await ask(method, template, { order: 'not%20one', ...sent })).status).toBe(404);
      expect((await ask(method, template, { order: ended, ...sent })).status).toBe(409);
    }
  });

  it.each<[string, Partial<Asked>, number, unknown]>([
    ['without a file name', { ...pdf, headers: { 'content-type': 'application/pdf' } }, 400, 'Content-Disposition'],
    ['without a media type', { ...pdf, headers: { ...pdf.headers, 'content-type': '' } }, 400, 'Content-Type'],
    [
      'with a path for a name',
      { ...pdf, headers: { ...pdf.headers, 'content-disposition': 'attachment; filename="../x"' } },
      400,
      'Content-Disposition',
    ],
    ['of no bytes', { ...pdf, body: '' }, 400, 'body'],
    ['under an id that cannot be', { ...pdf, id: '/etc' }, 400, 'attachmentId'],
    ['with a type that is too long', { ...pdf, query: `?documentType=${'x'.repeat(500)}` }, 400, 'documentType'],
  ])('refuses a document %s, and names the field to correct', async (_what, asked, status, field) => {
    const refused = await ask('PUT', DOCUMENT, asked);
    expect(refused).toMatchObject({ status, content: { errors: [{ field }] } });
  });

  it("refuses a document that the order does not ask for, with the order's reason", async () => {
    const answer = await ask('PUT', DOCUMENT, { ...pdf, id: 'unknown' });
    expect(answer).toMatchObject({
      status: 200,
      content: { status: 'REFUSED', reason: expect.stringContaining('is not known') },
    });
  });

  it('limits the size of a document, and the number of documents of an order', async () => {
    const small = await openIntake(stand, { maxDocumentBytes: 1_000, quotas: { bytes: 1_500, messages: 1 } });
    const send = async (bytes: number, headers = {}) => {
      const answer = await fetch(`${small.url}/v1/orders/${reference}/attachments/unknown`, {
        method: 'PUT',
        headers: { authorization: shop, ...pdf.headers, ...headers },
        body: new Blob(['x'.repeat(bytes)]).stream(),
        duplex: 'half',
      });
      return answer.status;
    };
    const statuses = [await send(1_001), await send(400), await send(400)];
    await small.close();
    expect(statuses).toEqual([413, 200, 429]);
  });

  it('matches its description, which documents every problem', async () => {
    expect(description).toEqual(JSON.parse(JSON.stringify(openApi(intake.url))));
    const page = await readFile(path.join(__dirname, '../../docs/http-intake.md'), 'utf8');
    for (const [which, [status, title]] of Object.entries(PROBLEMS))
      expect(page.replace(/ +\|/g, ' |')).toContain(`| \`${which}\` | ${status} | ${title} |`);
  });
});

describe('the file name of a document', () => {
  it.each([
    ['attachment; filename="passport.pdf"', 'passport.pdf'],
    ['attachment; filename=passport.pdf', 'passport.pdf'],
    ['attachment;filename="a \\"b\\".pdf"', 'a "b".pdf'],
    ['attachment; filename="x.pdf"; filename*=UTF-8\'\'P%C3%A4sse.pdf', 'Pässe.pdf'],
    [Buffer.from('attachment; filename="Pässe.pdf"').toString('latin1'), 'Pässe.pdf'],
    ["attachment; filename*=UTF-8''%ff", undefined],
    ['attachment', undefined],
    [undefined, undefined],
  ])('in %j is %j', (disposition, name) => {
    expect(fileNameIn(disposition)).toBe(name);
  });
});
