import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columnOf, COLUMNS, requestOf } from '../../src/cli/batch/columns';
import { readBatchFile } from '../../src/cli/batch/read-batch-file';
import { renderBatch } from '../../src/cli/batch/render-batch';
import { readRequest } from '@number-orders/contract';
import { commandLine } from '../support/command-line';
import { gbRegistration } from '../support/kyc';
import { standForAll } from '../support/stands';
import { devServer } from '../support/temporal';

const stand = standForAll(devServer);
const cli = commandLine(stand);
const operator = ['--author', 'ops', '--reason', 'test'];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batch-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function fileOf(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** Orders at Sinch: a creation may also be refused, where two orders choose the same number at once. */
const creations = () => stand.fake.control.audit().orders.length;

describe('a batch from the command line', () => {
  it('orders each row of a CSV file once, shows its progress, and reports what was bought and its price', async () => {
    const name = `spring-${randomUUID()}`;
    const rows = ['one', 'two', 'three'].map((row) => `${name}-${row},US,LOCAL`);
    const file = await fileOf(`${name}.csv`, ['reference,regionCode,numberType', ...rows].join('\r\n'));

    await expect(cli(['batch', 'start', file, '--dry-run'])).resolves.toMatchObject({
      code: 0,
      out: expect.stringMatching(
        new RegExp(
          `^${file} is in order: 3 orders in batch ${name}. Nothing was started.\n` +
            ['one', 'two', 'three'].map((row) => `  ${name}-${row}  \\+1\\d+\n`).join('') +
            'In all 3.00 EUR set-up, 7.50 monthly\n$',
        ),
      ) as string,
    });
    await expect(cli(['batch', 'status', name])).resolves.toMatchObject({ code: 1, err: /There is no batch/ });
    const started = await cli(['batch', 'start', file, '--max-open', '2']);
    expect(started).toMatchObject({ code: 0, err: '', out: `Started number-orders-batch-${name}, 3 orders\n` });

    const watched = await cli(['batch', 'watch', name]);
    expect(watched).toMatchObject({ code: 0, err: '' });
    expect(watched.out).toContain(
      `${name}  ENDED\n  ${'█'.repeat(40)} 100 %\n  3 of 3 ended, 0 open (at most 2), 0 waiting`,
    );
    expect(watched.out).toMatch(/COMPLETED +3$/m);

    const report = await cli(['batch', 'report', name]);
    const [header, ...lines] = report.out.trim().split('\r\n');
    expect(header).toBe(
      'row,reference,state,phoneNumbers,setupPrice,monthlyPrice,currency,missing,until,reason,kycLink',
    );
    expect(lines).toHaveLength(3);
    for (const [index, line] of lines.entries()) {
      expect(line).toMatch(
        new RegExp(`^${index + 1},${name}-\\w+,COMPLETED,\\+1\\d{10},[\\d.]+,[\\d.]+,[A-Z]{3},,,,$`),
      );
    }
    const bought = new Set(lines.map((line) => line.split(',')[3]));
    expect(bought.size).toBe(3);

    const before = creations();
    await expect(cli(['batch', 'start', file])).resolves.toMatchObject({ code: 0 });
    await expect(cli(['batch', 'watch', name])).resolves.toMatchObject({ code: 0 });
    expect(creations()).toBe(before);
  });

  it('is paused, resumed and cancelled, and shows what its open orders still need', async () => {
    const name = `summer-${randomUUID()}`;
    const rows = [0, 1, 2].map((row) => ({
      reference: `${name}-${row}`,
      regionCode: 'AU',
      numberType: 'MOBILE',
      selection: { search: {} },
    }));
    const file = await fileOf(`${name}.jsonl`, rows.map((row) => JSON.stringify(row)).join('\n'));
    await cli(['batch', 'start', file, '--name', name, '--max-open', '1']);
    while (!(await cli(['batch', 'status', name])).out.includes('1 open'))
      await new Promise((next) => setTimeout(next, 50));
    await stand.view(`${name}-0`, ({ stage }) => stage === 'AWAITING_KYC');

    const paused = await cli(['batch', 'pause', name, ...operator]);
    expect(paused.out).toMatch(/^ {2}paused by ops at .*: test$/m);
    const report = await cli(['batch', 'report', name, '--format', 'json']);
    expect(JSON.parse(report.out)).toEqual([
      expect.objectContaining({
        state: 'AWAITING_KYC',
        phoneNumbers: [expect.stringMatching(/^\+614/)],
        missing: expect.arrayContaining([expect.objectContaining({ title: 'Proof of identity' })]),
        until: expect.stringMatching(/^20.*Z$/),
      }),
      expect.objectContaining({ state: 'WAITING' }),
      expect.objectContaining({ state: 'WAITING' }),
    ]);
    expect((await cli(['batch', 'resume', name, ...operator])).out).toContain(`${name}  RUNNING`);
    await expect(cli(['batch', 'cancel', name, '--reason', 'seen', '--open-orders'])).resolves.toMatchObject({
      code: 0,
    });
    const watched = await cli(['batch', 'watch', name]);
    expect(watched.out).toMatch(/CANCELLED +1$/m);
  });

  it('lists every wrong row with its line, its column and the correction, and starts nothing', async () => {
    const name = `autumn-${randomUUID()}`;
    const file = await fileOf(
      `${name}.csv`,
      Buffer.from(
        [
          '\ufeffreference;regionCode;numberType;phoneNumber;quantity;colour;registration',
          'a;AU;MOBILE;;;red;',
          'b;UK;MOBILE;;;;',
          '',
          'c;AU;CELLULAR;0491570156;;;',
          'a;AU;MOBILE;;;;',
          'd;AU;MOBILE;+61491570156;2;;',
          'e;AU;MOBILE;;many;;"{""data"": [',
          '"',
          'f;AU;MOBILE;;;;;;',
        ].join('\n'),
      ),
    );

    const { code, err, out } = await cli(['batch', 'start', file]);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    const told = err.split('\n').map((line) => line.replace(`${file}:`, ''));
    expect(told).toEqual([
      expect.stringMatching(/^1 {2}colour is no column; columns are reference, /),
      expect.stringMatching(/^3 {2}regionCode .*GB/),
      expect.stringMatching(/^5 {2}numberType must be one of MOBILE, LOCAL, TOLL_FREE/),
      expect.stringMatching(/^5 {2}phoneNumber must be E.164/),
      expect.stringMatching(/^6 {2}reference is that of line 2 as well/),
      expect.stringMatching(/^7 {2}phoneNumber must have exactly one of/),
      expect.stringMatching(/^8 {2}registration must be JSON/),
      expect.stringMatching(/^8 {2}quantity must be a whole number from 1 to 100/),
      expect.stringMatching(/^10 {2}has 9 cells, the header 7/),
      '9 to correct. Nothing was started.',
      '',
    ]);
    await expect(cli(['batch', 'status', name])).resolves.toMatchObject({ code: 1 });
  });

  it('refuses a file whose format is not what its name says, and rows that Sinch does not sell', async () => {
    const broken = await fileOf('broken.jsonl', '{"reference": "a"}\n{"reference"\n');
    expect((await cli(['batch', 'start', broken])).err).toMatch(/:1 {2}regionCode is missing\n.*:2 {2}is not JSON/s);
    const quoted = await fileOf('quoted.csv', 'reference,regionCode,numberType\na,"U"S,LOCAL\n');
    expect((await cli(['batch', 'start', quoted])).err).toMatch(/:2 {2}is no CSV/);
    const headless = await fileOf('headless.csv', 'reference\na\n');
    expect((await cli(['batch', 'start', headless])).err).toMatch(/:1 {2}regionCode is missing.*\n.*:1 {2}numberType/);
    for (const [file, said] of [
      [await fileOf('empty.csv', ''), 'has no orders'],
      [await fileOf('latin.csv', Buffer.from([0x72, 0xe9])), 'is not UTF-8'],
      [join(folder, 'none.csv'), 'cannot be read'],
    ] as const) {
      await expect(cli(['batch', 'start', file])).resolves.toMatchObject({
        code: 2,
        err: expect.stringContaining(said),
      });
    }
    const unsold = await fileOf('unsold.csv', 'reference,regionCode,numberType\na,US,LOCAL\nb,AQ,LOCAL\n');
    expect((await cli(['batch', 'start', unsold])).err).toMatch(/:3 {2}regionCode/);
  });
});

describe('the columns of a file of orders', () => {
  it('fill every field of a request, each in the form that the contract accepts', async () => {
    const cells = {
      ...{ reference: 'a', regionCode: 'GB', numberType: 'MOBILE', quantity: '2', sequential: 'yes', pattern: '+44' },
      ...{ searchPattern: 'START', capabilities: 'SMS VOICE', servicePlanId: 'plan', campaignId: 'campaign' },
      ...{
        voiceType: 'FAX',
        voiceId: 'service',
        expectedAttachments: 'x',
        registration: JSON.stringify(gbRegistration),
      },
      ...{ onExpiry: 'renew', maxRenewals: '1', onRejection: 'correct', maxCorrections: '1' },
      ...{ correctionWindow: '2 days', notificationUrl: 'https://shop.example/hook', phoneNumber: '', kycProfile: '' },
    };
    const request = requestOf(cells);
    expect(readRequest(request)).toEqual({ value: request });
    expect(request).toMatchObject({
      selection: {
        quantity: { requestedQuantity: 2, sequential: true, pattern: '+44', capabilities: ['SMS', 'VOICE'] },
      },
      voiceConfiguration: { type: 'FAX', serviceId: 'service' },
    });
    expect(columnOf('voiceConfiguration.serviceId', cells)).toBe('voiceId');
    expect(columnOf('selection.quantity.pattern', cells)).toBe('pattern');
    expect(columnOf('registration.data', cells)).toBe('registration');
    expect(Object.keys(COLUMNS)).toContain('kycProfile');
  });

  it('are recognised in a CSV file with any quoting, line ends and separators that spreadsheets write', async () => {
    const file = await fileOf(
      'sheet.csv',
      'reference\tregionCode\tnumberType\tcapabilities\r\n"a"\t"US"\tLOCAL\t"SMS, VOICE"\r\n',
    );
    await expect(readBatchFile(file)).resolves.toEqual({
      rows: [
        {
          reference: 'a',
          regionCode: 'US',
          numberType: 'LOCAL',
          selection: { search: { capabilities: ['SMS', 'VOICE'] } },
        },
      ],
      lines: [2],
      faults: [],
    });
  });
});

it('the board of a batch says how many orders have ended, are open and wait, and which are open', () => {
  const open = [{ reference: 'a', stage: 'AWAITING_KYC', regionCode: 'AU', startTime: '', status: 'RUNNING' } as const];
  const board = renderBatch(
    {
      batch: 'b',
      state: 'RUNNING',
      rows: 8,
      taken: 6,
      found: 0,
      open: ['a', 'c'],
      maxOpen: 2,
      outcomes: { COMPLETED: 4 },
      refused: [],
    },
    open,
  );
  expect(board).toEqual([
    'b  RUNNING',
    `  ${'█'.repeat(20)}${'▒'.repeat(10)}${'░'.repeat(10)} 50 %`,
    '  4 of 8 ended, 2 open (at most 2), 2 waiting',
    '    COMPLETED        4',
    '',
    '  a  AWAITING_KYC    AU',
  ]);
});
