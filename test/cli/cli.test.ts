import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Ajv2020 from 'ajv/dist/2020';
import { workflowIdOf, type NumberOrderRequest } from '@number-orders/contract';
import { commandLine } from '../support/command-line';
import { PROOF_OF_IDENTITY, auMobile, auRegistration, gbMobile, gbRegistration, usLocal } from '../support/kyc';
import { standForAll } from '../support/stands';
import { devServer } from '../support/temporal';

const stand = standForAll(devServer);
const cli = commandLine(stand);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function fileOf(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function started(order: Omit<NumberOrderRequest, 'reference'>): Promise<string> {
  const reference = `cli-${randomUUID()}`;
  const { code, err } = await cli(['start', '-'], { stdin: JSON.stringify({ reference, ...order }) });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return reference;
}

const waiting = (reference: string) => stand.view(reference, ({ stage }) => stage === 'AWAITING_KYC');
const operator = ['--author', 'ops', '--reason', 'test'];

describe('an order from the command line', () => {
  it('is started, registered, given its document and watched to its end', async () => {
    const reference = `cli-${randomUUID()}`;
    const request = await fileOf('request.json', { reference, ...auMobile });
    const reserved = await cli(['start', request, '--reserve']);
    expect(reserved).toMatchObject({ code: 0, err: '' });
    expect(reserved.out).toMatch(new RegExp(`^${reference}  AWAITING_KYC  \\+614\\d+, until 20`));

    const status = await cli(['status', reference]);
    expect(status.out).toMatch(
      new RegExp(
        `^  waiting for  registration\n +Proof of identity \\(${PROOF_OF_IDENTITY}\\)\n +Passport or driving licence`,
        'm',
      ),
    );
    expect(status.out).toMatch(/^ {2}lapses .*\(in 48 h\)$/m);

    const refused = await cli(['register', reference, await fileOf('bad.json', auRegistration({ postalCode: 'x' }))]);
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/^Registration REFUSED/);
    expect(refused.out).toMatch(/^ {2}Postal code \(.*postalCode\): .*For example: \d+$/m);

    const accepted = await cli(['register', reference, await fileOf('good.json', auRegistration())]);
    expect(accepted).toMatchObject({ code: 0, out: 'Registration ACCEPTED\n' });

    const document = await fileOf('identity.pdf', '%PDF-1.7');
    const attached = await cli(['attach', reference, document, '--id', 'identity']);
    expect(attached).toMatchObject({ code: 0, out: `Attachment Proof of identity (${PROOF_OF_IDENTITY}) ACCEPTED\n` });

    const watched = await cli(['watch', reference]);
    expect(watched.code).toBe(0);
    expect(watched.out).toContain(`${reference}  COMPLETED`);
    expect(watched.out).toMatch(/^ {2}reserved {5}\+614\d+ {2}COMPLETED/m);
  });

  it('is attached to when it exists, and a different request under its reference is refused', async () => {
    const reference = await started(gbMobile);
    const again = await cli(['start', '-'], { stdin: JSON.stringify({ reference, ...gbMobile }) });
    expect(again.out).toMatch(`Attached to ${workflowIdOf(reference)}`);
    const other = await cli(['start', '-'], { stdin: JSON.stringify({ reference, ...usLocal }) });
    expect(other.code).toBe(1);
    expect(other.err).toMatch(/asks for something else/);
    await cli(['cancel', reference, '--reason', 'seen']);
  });

  it('is cancelled, and a script can read its result', async () => {
    const reference = await started(gbMobile);
    await waiting(reference);
    expect(await cli(['cancel', reference, '--reason', 'enough', '--author', 'ops'])).toMatchObject({
      code: 0,
      err: '',
    });
    const { code, out } = await cli(['result', reference, '--json']);
    expect({ code, result: JSON.parse(out) as unknown }).toMatchObject({
      code: 0,
      result: { reference, outcome: 'CANCELLED', missing: ['registration'] },
    });
    const late = await cli(['cancel', reference, '--reason', 'again']);
    expect(late.code).toBe(1);
    expect(late.err).toContain(`Order ${reference} has ended`);
  });

  it('that failed prints why when its result is asked for', async () => {
    const reference = await stand.start({ ...gbMobile, regionCode: 'ZZ' });
    const { code, out, err } = await cli(['result', reference]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`Order ${reference} failed with SinchInvalidArgument`);
  });

  it('shows in a dry run what it would reserve and cost, and nothing is started or reserved', async () => {
    const reference = `cli-${randomUUID()}`;
    const orders = stand.fake.control.audit().orders.length;
    const dryRun = (order: object, ...options: string[]) =>
      cli(['start', '-', '--dry-run', ...options], { stdin: JSON.stringify({ reference, ...usLocal, ...order }) });

    const { code, out, err } = await dryRun({ selection: { quantity: { requestedQuantity: 3 } } });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`${reference}  would reserve 3 of Sinch's choice, such as\n`);
    expect(out).toMatch(/^ {2}\+1212555\d+ {2}set-up 1.00 EUR, monthly 2.50 EUR, paid every month$/m);
    expect(out).toContain('  in all 3.00 EUR set-up, 7.50 monthly\n');

    const tooDear = ['--currency', 'EUR', '--max-setup', '0.99'];
    expect(await dryRun({}, ...tooDear)).toMatchObject({
      code: 1,
      out: expect.stringMatching(/nothing would be reserved now\n.*\n.*its set-up price is 1.00 EUR/) as string,
    });
    const json = await dryRun(
      { selection: { phoneNumber: '+12125550001' } },
      '--max-monthly',
      '2.5',
      ...tooDear.slice(0, 2),
      '--json',
    );
    expect(JSON.parse(json.out)).toMatchObject({ reference, numbers: [{ phoneNumber: '+12125550001' }] });
    expect(await dryRun({}, '--max-setup', '1')).toMatchObject({ code: 2 });

    expect(stand.fake.control.audit().orders).toHaveLength(orders);
    expect((await cli(['status', reference])).code).toBe(1);
  });

  it('is listed', async () => {
    const reference = await started(gbMobile);
    await waiting(reference);
    let out = '';
    // Visibility is behind the order.
    for (let tries = 0; !out.includes(reference) && tries < 100; tries++) {
      await delay(100);
      ({ out } = await cli(['list', '--stage', 'AWAITING_KYC', '--region', 'GB']));
    }
    expect(out).toMatch(/^REFERENCE +STAGE +REGION +STARTED +LAPSES$/m);
    expect(out).toMatch(new RegExp(`^${reference} +AWAITING_KYC +GB +20`, 'm'));
    await cli(['cancel', reference, '--reason', 'seen']);
  });

  it("takes operators' actions, which name an author and a reason", async () => {
    const reference = await started(auMobile);
    await waiting(reference);
    expect(await cli(['reread', reference, ...operator])).toMatchObject({ code: 0, err: '' });
    const ambiguous = await cli(['attach', reference, await fileOf('a.pdf', '%PDF-1.7'), '--id', 'ti']);
    expect(ambiguous).toMatchObject({
      code: 2,
      err: expect.stringContaining(
        `"ti" could be any of Proof of identity (${PROOF_OF_IDENTITY}), Letter of authorization (`,
      ),
    });
    expect(await cli(['waive', reference, 'of identity', ...operator])).toMatchObject({ code: 0, err: '' });
    const adopted = await cli(['adopt', reference, 'abc', ...operator]);
    expect(adopted.code).toBe(1);
    expect(adopted.err).toContain(`Order ${reference} refuses: `);
    expect(await cli(['erase', reference, '--force', ...operator])).toMatchObject({ code: 0, err: '' });
    await expect(stand.client.result(reference)).resolves.toMatchObject({ outcome: 'CANCELLED', erased: true });
  });
});

describe('an order that is checked before it is started', () => {
  const check = async (order: object) =>
    cli(['check', '-'], { stdin: JSON.stringify({ reference: 'check-1', ...order }) });

  it('prints what it would wait for, and that nothing is wrong', async () => {
    const checked = await check(auMobile);
    expect(checked).toMatchObject({ code: 0, err: '' });
    expect(checked.out).toBe(
      `Still to come: registration, Proof of identity (${PROOF_OF_IDENTITY})\nNothing that Sinch would refuse, as far as its requirements can be read.\n`,
    );
    await expect(check({ ...gbMobile, registration: gbRegistration })).resolves.toMatchObject({
      code: 0,
      out: 'Nothing that Sinch would refuse, as far as its requirements can be read.\n',
    });
  });

  it('prints what Sinch would refuse, under the same field names that the order itself would use', async () => {
    const [business, contact] = gbRegistration.data;
    const registration = { data: [business, { ...contact, phoneNumber: 'not-a-number' }] };
    const reference = await started({ ...gbMobile });
    await waiting(reference);
    const { violations } = await stand.client.register(reference, registration);

    const checked = await check({ ...gbMobile, registration, expectedAttachments: ['nonsense'] });

    expect(checked.code).toBe(1);
    expect(violations.map(({ field }) => field)).toEqual(['requestDetails.data[1].phoneNumber']);
    expect(checked.out).toContain('Phone number (requestDetails.data[1].phoneNumber): must match the pattern');
    expect(checked.out).toContain('expectedAttachments[0]: is not known for this number');
    expect(checked.out).not.toContain('not-a-number');
    await cli(['cancel', reference, ...operator]);
  });

  it("prints the request's own mistakes first, without asking Sinch", async () => {
    const checked = await check({ ...auMobile, regionCode: 'Australia' });
    expect(checked).toMatchObject({ code: 1, out: expect.stringContaining('regionCode') });
  });
});

describe('an order for something that Sinch does not sell', () => {
  const reference = 'never-started';
  const unsold: [string, object, string][] = [
    ['a code that is not ISO', { ...gbMobile, regionCode: 'UK' }, 'Sinch sells no numbers in UK; did you mean GB?'],
    ['a code of a region that is not sold', { ...gbMobile, regionCode: 'ZZ' }, 'Sinch sells no numbers in ZZ;'],
    ['a type', { ...auMobile, numberType: 'TOLL_FREE' }, 'Sinch sells no TOLL_FREE numbers in AU, but MOBILE'],
  ];

  it.each(unsold)('is refused before anything starts, with a remedy: %s', async (_name, order, expected) => {
    const stdin = JSON.stringify({ reference, ...order });
    const refused = await cli(['start', '-'], { stdin });
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringContaining(expected) });
    const checked = await cli(['check', '-'], { stdin });
    expect(checked).toMatchObject({ code: 1, out: expect.stringContaining(expected), err: '' });
    await expect(stand.client.order(reference)).rejects.toThrow();
  });

  it('is started if Sinch does not say what it sells, or no credentials are set to ask it', async () => {
    const stdin = (name: string) => JSON.stringify({ reference: name, ...gbMobile, regionCode: 'ZZ' });
    stand.fake.control.fault({ operation: 'listAvailableRegions', effect: 'STATUS', status: 503 });
    expect(await cli(['start', '-'], { stdin: stdin('unasked-1') })).toMatchObject({ code: 0, err: '' });
    const env = { SINCH_PROJECT_ID: '' };
    expect(await cli(['start', '-'], { stdin: stdin('unasked-2'), env })).toMatchObject({ code: 0, err: '' });
  });

  it('can be avoided with the command regions, which lists what Sinch sells', async () => {
    const listed = await cli(['regions', '--type', 'MOBILE']);
    expect(listed).toMatchObject({ code: 0, err: '' });
    expect(listed.out).toMatch(/^AU {2}MOBILE {2}Australia$/m);
    expect(listed.out).toMatch(/^US {2}LOCAL, MOBILE, TOLL_FREE {2}United States$/m);
    expect(listed.out).not.toMatch(/^DE/m);
    expect(JSON.parse((await cli(['regions', '--json'])).out)).toContainEqual({
      regionCode: 'DE',
      regionName: 'Germany',
      types: ['LOCAL'],
    });
  });
});

describe('the command line for what Sinch offers and sells', () => {
  it('prints requirements as a form with titles, for readers who know no ids', async () => {
    const { out } = await cli(['requirements', 'AU', 'MOBILE']);
    expect(out).toMatch(/^Section 1 \(data\[0\], a list: one object for each number\)$/m);
    expect(out).toMatch(/^ {2}purposeOfTheTraffic: .+ \(required; one of One Time Password, /m);
    expect(out).toMatch(new RegExp(`^ {2}${PROOF_OF_IDENTITY}: Proof of identity \\(required; `, 'm'));
  });

  it('prints requirements as a JSON Schema that a program can validate a registration with', async () => {
    const { out } = await cli(['requirements', 'AU', 'MOBILE', '--schema']);
    const validate = new Ajv2020({ strictTuples: false }).compile(JSON.parse(out) as object);
    const registration = auRegistration();
    expect('data' in registration && validate(registration.data)).toBe(true);
    expect(validate([[{}], {}, {}])).toBe(false);
    expect(JSON.parse((await cli(['requirements', 'US', 'LOCAL', '--schema'])).out)).toMatchObject({ type: 'array' });
  });

  it('looks up and searches numbers', async () => {
    const requirements = JSON.parse((await cli(['requirements', 'AU', 'MOBILE', '--json'])).out) as {
      attachments: { id: string }[];
    };
    expect(requirements.attachments.map(({ id }) => id)).toContain(PROOF_OF_IDENTITY);

    const none = await cli(['requirements', 'US', 'LOCAL', '--json']);
    expect(none).toMatchObject({ code: 0, out: 'null\n' });
    expect(none.err).toContain('no KYC is needed');

    const search = ['search', 'US', 'LOCAL', '--pattern', '+1212', '--search-pattern', 'START'];
    const found = await cli([...search, '--capabilities', 'SMS', '--size', '2']);
    expect(found.out).toMatch(/^(\+1212\d+ {2}SMS, VOICE\n){2}$/);
  });

  it('releases a number only after a confirmation', async () => {
    const { phoneNumbers } = await stand.client.result(await started(usLocal));
    const asked = await cli(['release', ...phoneNumbers]);
    expect(asked.code).toBe(2);
    expect(asked.err).toContain('add --yes');
    const released = await cli(['release', ...phoneNumbers, '--yes']);
    expect(released.out).toMatch(/^\+1\d+ released, active until 20/);
  });
});

describe('a wrong command line names what to change, and exits with 2', () => {
  it.each([
    [['start'], /missing required argument 'file'/],
    [['start', '/no/such/file'], /cannot be read \(ENOENT\)/],
    [['begin'], /unknown command 'begin'/],
    [['cancel', 'x'], /required option '--reason <text>'/],
    [['attach', 'x', 'photo.heic', '--id', 'a'], /add --mime/],
    [['attach', 'x', '/no/such.pdf', '--id', 'a'], /cannot be read \(ENOENT\)/],
    [['attach', 'x', '/', '--id', 'a', '--mime', 'application/pdf'], /cannot be read \(EISDIR\)/],
    [['search', 'au', 'MOBILE'], /region must be ISO 3166-1/],
    [['requirements', 'UK', 'MOBILE'], /Sinch sells no numbers in UK; did you mean GB\?/],
    [['search', 'AU', 'FIXED'], /Allowed choices are MOBILE, LOCAL, TOLL_FREE/],
    [['search', 'AU', 'MOBILE', '--size', 'many'], /--size must be a whole number/],
    [['release', '0491', '--yes'], /write numbers as E\.164/],
    [['list', '--stage', 'SOON'], /stage must be one of/],
    [['list', '--due-within', 'soon'], /--due-within must be a time such as '6 hours'/],
    [['extend', 'x', 'tomorrow', ...operator], /until must be an RFC 3339 time/],
  ])('%j', async (args, expected) => {
    const { code, out, err } = await cli(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(expected);
  });

  it('when a file is not JSON, and does not quote it', async () => {
    const { code, err } = await cli(['register', 'x', await fileOf('broken.json', '{"firstName": "Jane')]);
    expect(code).toBe(2);
    expect(err).toMatch(/broken\.json is not JSON at position \d+/);
    expect(err).not.toContain('Jane');
  });

  it('when a file is not UTF-8, because a name would be sent misspelt', async () => {
    const latin1 = Buffer.from('{"data":[{"lastName":"Müller"}]}', 'latin1');
    const path = join(folder, 'latin1.json');
    await writeFile(path, latin1);
    expect(await cli(['register', 'x', path])).toMatchObject({
      code: 2,
      err: `${path} is not UTF-8: save it as UTF-8.\n`,
    });
    const piped = await cli(['register', 'x', '-'], { stdin: latin1 });
    expect(piped).toMatchObject({ code: 2, err: 'What was piped in is not UTF-8: save it as UTF-8.\n' });
  });

  it('when a request has wrong fields', async () => {
    const { code, err } = await cli(['start', '-'], {
      stdin: '{"reference":"x","numberType":"MOBILE","selection":{}}',
    });
    expect(code).toBe(2);
    expect(err).toMatch(/regionCode is missing; selection must have exactly one of/);
  });

  it('when settings are missing', async () => {
    const { code, err } = await cli(['search', 'AU', 'MOBILE'], { env: { SINCH_KEY_ID: '' } });
    expect(code).toBe(2);
    expect(err).toContain('SINCH_KEY_ID is missing');
  });
});

describe('help', () => {
  it('lists the commands', async () => {
    const { code, out } = await cli(['--help']);
    expect(code).toBe(0);
    for (const command of ['worker', 'start', 'register', 'attach', 'status', 'watch', 'cancel', 'release', 'doctor']) {
      expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
    }
  });
});
