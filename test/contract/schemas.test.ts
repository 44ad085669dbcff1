import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import fc from '../support/fast-check';
import {
  readAdoptOrder,
  readAttachment,
  readCancel,
  readErase,
  readExtendCorrectionWindow,
  readOperatorAction,
  readRegistration,
  readRequest,
  readSinchEvent,
  readWaiveRequirement,
  QUERY,
  SIGNAL,
  UPDATE,
  type Read,
} from '@number-orders/contract';
import { auRegistration } from '../support/kyc';

const root = join(__dirname, '../..');
const committed = join(root, 'packages/contract/schemas');
const schemasIn = (folder: string) => readdirSync(folder).filter((file) => file.endsWith('.json'));

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
const validatorOf = (file: string) => ajv.compile(JSON.parse(readFileSync(join(committed, file), 'utf8')) as object);

const sha256 = 'a'.repeat(64);
const attachment = {
  attachmentId: '01jxn21ykc3vq8m5d7e0ga4hfr',
  key: `shop-1/${sha256}`,
  fileName: 'identity.pdf',
  mimeType: 'application/pdf',
  size: 1,
  sha256,
  documentType: 'PASSPORT',
};
const request = {
  reference: 'shop-1',
  regionCode: 'AU',
  numberType: 'MOBILE',
  selection: {
    quantity: {
      requestedQuantity: 2,
      pattern: '+614',
      searchPattern: 'START',
      capabilities: ['SMS', 'VOICE'],
      sequential: true,
    },
  },
  smsConfiguration: { servicePlanId: 'plan', campaignId: 'campaign' },
  voiceConfiguration: { type: 'EST', trunkId: 'trunk' },
  expectedAttachments: ['01jxn21ykc3vq8m5d7e0ga4hfr'],
  registration: auRegistration(),
  attachments: [attachment],
  onExpiry: 'renew',
  maxRenewals: 3,
  onRejection: 'correct',
  maxCorrections: 2,
  correctionWindow: '7 days',
  notificationUrl: 'https://shop.example/hook',
  priceLimit: { currencyCode: 'EUR', setup: '1.00', monthly: '5' },
};
const operator = { author: 'Olga', reason: 'a test' };

/** Each thing that is validated: its schema, its validator, and examples that fit both. */
const VALIDATED: [file: string, read: (argument: unknown) => Read<unknown>, examples: object[]][] = [
  [
    'number-order-request.json',
    readRequest,
    [
      request,
      { ...request, selection: { phoneNumber: '+61491570156' }, voiceConfiguration: { type: 'RTC', appId: 'app' } },
      { ...request, selection: { search: {} }, registration: { requestDetails: { data: [] } } },
    ],
  ],
  ['registration.json', readRegistration, [auRegistration(), { requestDetails: { data: [] } }]],
  ['attachment.json', readAttachment('shop-1'), [attachment]],
  ['cancel-request.json', readCancel, [operator]],
  [
    'sinch-event.json',
    readSinchEvent,
    [{ resourceType: 'NUMBER_ORDER', eventId: '1', resourceId: '2', status: 'COMPLETED', failureCode: 'X' }],
  ],
  ['operator-action.json', readOperatorAction, [operator]],
  ['adopt-order.json', readAdoptOrder, [{ ...operator, idNumberOrder: '01abc' }]],
  ['waive-requirement.json', readWaiveRequirement, [{ ...operator, attachmentId: 'registration' }]],
  ['extend-correction-window.json', readExtendCorrectionWindow, [{ ...operator, until: '2026-01-31T18:00:00Z' }]],
  ['erase.json', readErase, [{ ...operator, force: true }]],
];

type Path = (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([name, each]) => pathsIn(each, [...path, name]));
  return [path, ...inner];
}

/** A copy that has `change` done where `path` leads. */
function changed(value: unknown, [name, ...rest]: Path, change: (old: unknown) => unknown): unknown {
  if (name === undefined) return change(value);
  const copy = new Map(Object.entries(value as object));
  const next = changed(copy.get(String(name)), rest, change);
  if (next === undefined) copy.delete(String(name));
  else copy.set(String(name), next);
  return Array.isArray(value) ? [...copy.values()] : Object.fromEntries(copy);
}

const ODD = [null, undefined, '', ' ', 'x', '+61', '7 days', 0, -1, 1.5, 100, 101, true, [], ['SMS'], {}, { data: 1 }];
const changes = fc.oneof(
  fc.constantFrom(...ODD).map((odd) => () => odd),
  fc
    .constantFrom(...ODD)
    .map(
      (odd) => (old: unknown) =>
        typeof old === 'object' && old !== null && !Array.isArray(old) ? { ...old, somethingElse: odd } : odd,
    ),
);

describe('the JSON Schemas of the contract', () => {
  it('match the types (if not, run `npm run schemas` and commit the result)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'schemas-'));
    try {
      execFileSync(process.execPath, [join(root, 'scripts/generate-schemas.mjs'), folder]);
      expect(schemasIn(folder)).toEqual(schemasIn(committed));
      for (const file of schemasIn(folder)) {
        expect(`${file}\n${readFileSync(join(committed, file), 'utf8')}`).toBe(
          `${file}\n${readFileSync(join(folder, file), 'utf8')}`,
        );
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(schemasIn(committed))('%s is a schema of draft 2020-12, and the page of schemas lists it', (file) => {
    expect(() => validatorOf(file)).not.toThrow();
    expect(readFileSync(join(committed, 'README.md'), 'utf8')).toContain(`\`${file}\``);
  });

  it.each(Object.values({ ...SIGNAL, ...UPDATE, ...QUERY }))('say which file describes %s', (name) => {
    expect(readFileSync(join(committed, 'README.md'), 'utf8')).toContain(`\`${name}\``);
  });

  describe.each(VALIDATED)('%s', (file, read, examples) => {
    const fits = validatorOf(file);

    it('accepts what the service accepts, whatever a sender leaves out, sets to null or adds', () => {
      for (const example of examples) expect(read(example).violations).toBeUndefined();
      const sent = fc
        .constantFrom(...examples)
        .chain((example) =>
          fc
            .array(fc.tuple(fc.constantFrom(...pathsIn(example)), changes), { maxLength: 3 })
            .map((all) => all.reduce<unknown>((value, [path, change]) => attempted(value, path, change), example)),
        );
      fc.assert(
        fc.property(sent, (made) => {
          const value = JSON.parse(JSON.stringify(made)) as unknown;
          const isAccepted = read(value).violations === undefined;
          return !isAccepted || fits(value);
        }),
        { numRuns: 2_000, seed: 20_260_131 },
      );
    });

    it('refuses a value that lacks a required field', () => {
      for (const example of examples) {
        for (const name of Object.keys(example)) {
          const { [name]: _, ...lacking } = example as Record<string, unknown>;
          const isRequired = read(lacking).violations !== undefined;
          expect([name, fits(lacking)]).toEqual([name, !isRequired]);
        }
      }
    });
  });

  it.each<[what: string, value: unknown]>([
    ['an option that is misspelt', { ...request, maxRenewal: 1 }],
    ['a number of which there is half', { ...request, maxRenewals: 1.5 }],
    ['a phone number that is not E.164', { ...request, selection: { phoneNumber: '0491570156' } }],
    ['two ways to choose a number', { ...request, selection: { phoneNumber: '+61491570156', search: {} } }],
    ['a reference with a blank', { ...request, reference: 'shop 1' }],
  ])('refuse %s in a request, as the service does', (_what, value) => {
    expect([readRequest(value).violations === undefined, validatorOf('number-order-request.json')(value)]).toEqual([
      false,
      false,
    ]);
  });

  it.each<[what: string, value: unknown]>([
    ['a text that is too long', { ...request, smsConfiguration: { servicePlanId: 'x'.repeat(10_000) } }],
    ['a registration that is nested too deep', { ...request, registration: { data: nested(200) } }],
    ["another order's document", { ...request, attachments: [{ ...attachment, key: `shop-2/${sha256}` }] }],
    ['a file name with a folder', { ...request, attachments: [{ ...attachment, fileName: '../x.pdf' }] }],
    ['a correction window that is too long', { ...request, correctionWindow: '7000 days' }],
    ['a country under a code of its own', { ...request, regionCode: 'UK' }],
    ['a URL that is not https', { ...request, notificationUrl: 'http://shop.example/hook' }],
  ])('leave it to the service to refuse %s', (_what, value) => {
    expect([readRequest(value).violations === undefined, validatorOf('number-order-request.json')(value)]).toEqual([
      false,
      true,
    ]);
  });
});

/** A path may lead nowhere any more. */
function attempted(value: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  try {
    return changed(value, path, change) ?? value;
  } catch {
    return value;
  }
}

function nested(depth: number): unknown {
  return depth === 0 ? 'deep' : [nested(depth - 1)];
}

describe('the clients in other languages', () => {
  /** What they model of it. Their own tests, of `npm run test:clients`, hold them to all of each schema. */
  const modelled = [
    ...['number-order-request', 'registration', 'attachment', 'cancel-request', 'kyc-answer', 'reservation-answer'],
    ...['order-view', 'number-order-result', 'failure-details'],
  ];
  const fields = new Set(
    modelled.flatMap((name) => fieldsOf(JSON.parse(readFileSync(join(committed, `${name}.json`), 'utf8')))),
  );

  /** At any depth. */
  function fieldsOf(schema: unknown): string[] {
    if (typeof schema !== 'object' || schema === null) return [];
    return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => [
      ...(key === 'properties' ? Object.keys(value as object) : []),
      ...fieldsOf(value),
    ]);
  }

  it('have each field by name in Python, so that its callers can send and read it', () => {
    const models = readFileSync(join(root, 'clients/python/number_orders/models.py'), 'utf8');
    const inPython = (field: string) => field.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
    const known = new Set([...models.matchAll(/^ {4}(\w+?)_?:/gm)].map(([, name]) => name));
    expect([...fields].filter((field) => !known.has(inPython(field)))).toEqual([]);
  });

  it('have each field by name in Go, so that its callers can send and read it', () => {
    const models = readFileSync(join(root, 'clients/go/models.go'), 'utf8');
    const known = new Set([...models.matchAll(/`json:"(\w+)/g)].map(([, name]) => name));
    expect([...fields].filter((field) => !known.has(field))).toEqual([]);
  });
});
