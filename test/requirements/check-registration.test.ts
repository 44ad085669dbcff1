import fc from 'fast-check';
import type { ViewRequirements } from '../../src/contract';
import { checkRegistration } from '../../src/requirements/check-registration';

const requirementsOf = (...templates: unknown[]): ViewRequirements => ({
  fields: { schema: '/schema/policySchema-v1.json', rules: templates.map((template) => ({ template })) },
  attachments: [],
});

const checkOne = (entry: unknown, value: unknown) =>
  checkRegistration(requirementsOf({ answer: entry }), { data: [{ answer: value }] }).map(
    ({ description }) => description,
  );

/** The fields that Sinch documents for Australian mobile numbers, as a plain map. */
const australian = requirementsOf(
  { senderId: { required: true, type: 'string', pattern: '^[+][0-9]+$' }, purposeOfTheTraffic: { required: true } },
  {
    endBusinessName: { required: true, type: 'string' },
    endBusinessAddress2: { required: false, type: 'string' },
    state: { required: true, enum: ['NSW', 'VIC'] },
    postalCode: { required: true, type: 'string', pattern: '^[0-9]{4}$' },
  },
  { firstName: { required: true }, phoneNumber: { required: true, pattern: '^\\+[1-9][0-9]+$' } },
);
const sender = { senderId: '+61411111112', purposeOfTheTraffic: 'One Time Password' };
const business = { endBusinessName: 'Acme', state: 'VIC', postalCode: '3000' };
const person = { firstName: 'Ada', phoneNumber: '+61491570156' };

describe('A registration held against the requirements', () => {
  it('passes when every rule is answered', () => {
    expect(checkRegistration(australian, { data: [[sender], business, person] })).toEqual([]);
  });

  it('names each wrong field by its path in the request', () => {
    const { postalCode: _postalCode, ...withoutPostalCode } = business;
    const data = [[sender, { ...sender, senderId: 'Parcels' }], withoutPostalCode, person];
    expect(checkRegistration(australian, { data })).toEqual([
      { field: 'requestDetails.data[0][1].senderId', description: 'must match the pattern ^[+][0-9]+$' },
      { field: 'requestDetails.data[1].postalCode', description: 'is missing' },
    ]);
  });

  it('answers a rule once for each object of a list, and an empty list answers nothing', () => {
    expect(checkRegistration(australian, { data: [[], business, person] }).map(({ field }) => field)).toEqual([
      'requestDetails.data[0][0].senderId',
      'requestDetails.data[0][0].purposeOfTheTraffic',
    ]);
  });

  it('misses what the last rules ask for when data is too short', () => {
    expect(checkRegistration(australian, { data: [sender, business] }).map(({ field }) => field)).toEqual([
      'requestDetails.data[2].firstName',
      'requestDetails.data[2].phoneNumber',
    ]);
  });

  it.each([[undefined], [null], ['text'], [{ firstName: 'Ada' }]])('asks for a list where data is %p', (data) => {
    expect(checkRegistration(australian, { data })).toEqual([
      { field: 'requestDetails.data', description: 'must be a list with one entry for each of the 3 rules' },
    ]);
  });

  it('never repeats a value, which may be personal data', () => {
    const secret = 'Ada-Lovelace-1815';
    const data = [
      [{ senderId: secret, purposeOfTheTraffic: '' }],
      { endBusinessName: [secret], state: secret, postalCode: secret },
      secret,
    ];
    const violations = checkRegistration(australian, { data });
    expect(violations).toHaveLength(6);
    expect(JSON.stringify(violations)).not.toContain(secret);
  });

  it('asks for nothing where there are no rules', () => {
    expect(checkRegistration(requirementsOf(), { data: 'anything' })).toEqual([]);
    expect(checkRegistration({ fields: {}, attachments: [] }, {})).toEqual([]);
  });
});

describe('A value held against what its template states', () => {
  it.each([
    ['required', { required: true }, ''],
    ['required', { required: true }, null],
  ])('%s: %j refuses %j', (_name, entry, value) => {
    expect(checkOne(entry, value)).toEqual(['is missing']);
  });

  it.each([
    [{ type: 'string' }, 7, 'must be a text'],
    [{ type: 'number' }, '7', 'must be a number'],
    [{ type: 'integer' }, 7.5, 'must be a whole number'],
    [{ type: 'boolean' }, 'true', 'must be true or false'],
    [{ type: 'array' }, {}, 'must be a list'],
    [{ minLength: 3 }, 'ab', 'must have at least 3 characters'],
    [{ maxLength: 1 }, 'ab', 'must have at most 1 characters'],
    [{ pattern: '^[0-9]{4}$' }, '20000', 'must match the pattern ^[0-9]{4}$'],
    [{ enum: ['A', 'B'] }, 'C', 'must be one of A, B'],
    [{ options: ['A', 'B'] }, 'C', 'must be one of A, B'],
    [{ options: [{ value: 'A', label: 'First' }] }, 'First', 'must be one of A'],
  ])('%j refuses %j', (entry, value, description) => {
    expect(checkOne(entry, value)).toEqual([description]);
  });

  it.each([
    [{ required: true }, false],
    [{ required: false, minLength: 3 }, ''],
    [{ minLength: 3 }, undefined],
    [{ pattern: '[0-9]' }, 'unanchored 1'],
    [{ options: [{ value: 'A', label: 'First' }] }, 'A'],
    [{ enum: ['A'] }, ['A']],
  ])('%j accepts %j', (entry, value) => {
    expect(checkOne(entry, value)).toEqual([]);
  });

  it.each([
    ['a text', 'string'],
    ['a list', ['required']],
    ['a type we do not know', { type: 'date-of-birth' }],
    ['a type named like a property every object has', { type: 'constructor' }],
    ['bounds that are no numbers', { minLength: '9', maxLength: null }],
    ['choices of a shape we do not know', { enum: { A: 1 }, options: [[1], null] }],
    ['a requirement that is no flag', { required: { when: 'business' } }],
    ['a pattern with a look-ahead', { pattern: '^(?=never)x$' }],
    ['a pattern with a back-reference', { pattern: '^(x)\\1$' }],
    ['a pattern that is a mistake', { pattern: '([' }],
    ['a pattern longer than any rule needs', { pattern: `^${'x'.repeat(2_000)}$` }],
  ])('%s passes the value through to Sinch', (_name, entry) => {
    expect(checkOne(entry, 'value')).toEqual([]);
  });
});

describe('Hostile requirements', () => {
  it('are checked in linear time, however catastrophic a pattern would be elsewhere', () => {
    expect(checkOne({ pattern: '^(a+)+$' }, 'a'.repeat(20_000) + '!')).toEqual(['must match the pattern ^(a+)+$']);
  });

  it('have the value passed through where even linear time would be long', () => {
    expect(checkOne({ pattern: '^(\\pL|\\pN){1,900}$' }, '!'.repeat(200_000))).toEqual([]);
  });

  it('report a bounded number of violations', () => {
    const data = [Array.from({ length: 10_000 }, () => ({}))];
    expect(checkRegistration(requirementsOf({ name: { required: true } }), { data })).toHaveLength(100);
  });

  it('may name a field like a property every object has', () => {
    const requirements = requirementsOf({ constructor: { required: true }, toString: { required: true } });
    expect(checkRegistration(requirements, { data: [{}] })).toHaveLength(2);
  });

  it('never make the check throw, whatever shapes meet', () => {
    const names = fc.constantFrom('template', 'required', 'type', 'enum', 'options', 'pattern', 'minLength', 'a');
    const shape = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(true, 'string', 'a', '(', 3, null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(names, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(shape, shape, (rules, data) => {
        const violations = checkRegistration({ fields: { rules }, attachments: [] }, { data });
        expect(violations.every(({ field }) => field.startsWith('requestDetails.data'))).toBe(true);
      }),
    );
  });
});
