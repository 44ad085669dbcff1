import fc from '../support/fast-check';
import type { ViewRequirements } from '@number-orders/contract';
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

describe('A registration that is checked against the requirements', () => {
  it('passes when every rule has an answer', () => {
    expect(checkRegistration(australian, { data: [[sender], business, person] })).toEqual([]);
  });

  it('is refused with the path of each wrong field', () => {
    const { postalCode: _postalCode, ...withoutPostalCode } = business;
    const data = [[sender, { ...sender, senderId: 'Parcels' }], withoutPostalCode, person];
    expect(checkRegistration(australian, { data })).toEqual([
      { field: 'requestDetails.data[0][1].senderId', description: 'must match the pattern ^[+][0-9]+$' },
      { field: 'requestDetails.data[1].postalCode', description: 'is missing' },
    ]);
  });

  it('answers a rule once for each object of a list, and an empty list is no answer', () => {
    expect(checkRegistration(australian, { data: [[], business, person] }).map(({ field }) => field)).toEqual([
      'requestDetails.data[0][0].senderId',
      'requestDetails.data[0][0].purposeOfTheTraffic',
    ]);
  });

  it('lacks the fields of the last rules if data is too short', () => {
    expect(checkRegistration(australian, { data: [sender, business] }).map(({ field }) => field)).toEqual([
      'requestDetails.data[2].firstName',
      'requestDetails.data[2].phoneNumber',
    ]);
  });

  it.each([[undefined], [null], ['text'], [{ firstName: 'Ada' }]])(
    'is refused without a list if data is %p',
    (data) => {
      expect(checkRegistration(australian, { data })).toEqual([
        { field: 'requestDetails.data', description: 'must be a list with one entry for each section' },
      ]);
    },
  );

  it('causes violations that quote no value, because it may be personal data', () => {
    const secret = 'Ada-Lovelace-1815';
    const data = [
      [{ senderId: secret, purposeOfTheTraffic: '' }],
      { endBusinessName: { secret }, state: secret, postalCode: secret },
      secret,
    ];
    const violations = checkRegistration(australian, { data });
    expect(violations).toHaveLength(6);
    expect(JSON.stringify(violations)).not.toContain(secret);
  });

  it('can have its answers in another order, and they are found by their fields', () => {
    expect(checkRegistration(australian, { data: [person, [sender], business] })).toEqual([]);
    const wrong = { ...business, state: 'Bavaria' };
    expect(checkRegistration(australian, { data: [person, [sender], wrong] })).toEqual([
      { field: 'requestDetails.data[2].state', description: 'must be one of NSW, VIC' },
    ]);
  });

  it('can have $orderedNumber in a field for a number, whatever format and length the field needs', () => {
    const number = { required: true, type: 'string', pattern: '^[+]614[0-9]{8}$', minLength: 12, maxLength: 12 };
    for (const entry of [number, { ...number, type: 'number' }, { ...number, maxLength: 5 }]) {
      expect(checkOne(entry, '$orderedNumber')).toEqual([]);
      expect(checkOne(entry, ' $orderedNumber ')).toEqual([]);
    }
    const data = [[{ ...sender, senderId: '$orderedNumber' }], business, person];
    expect(checkRegistration(australian, { data })).toEqual([]);
  });

  it('causes a warning for $orderedNumber in a field that cannot hold a number', () => {
    expect(checkOne({ type: 'boolean' }, '$orderedNumber')).toEqual(['must be true or false']);
    expect(checkOne({ enum: ['A', 'B'] }, '$orderedNumber')).toEqual(['must be one of A, B']);
  });

  it('passes if one template stands for all', () => {
    const all = { ...sender, ...business, ...person };
    const template = Object.fromEntries(Object.keys(all).map((name) => [name, { required: true }]));
    expect(checkRegistration(requirementsOf(template), { data: [all, business, person] })).toEqual([]);
  });

  it('needs nothing if there are no rules', () => {
    expect(checkRegistration(requirementsOf(), { data: 'anything' })).toEqual([]);
    expect(checkRegistration({ fields: {}, attachments: [] }, {})).toEqual([]);
  });
});

describe('A value that is checked against its template', () => {
  it.each([
    ['required', { required: true }, ''],
    ['required', { required: true }, null],
  ])('%s: %j refuses %j', (_name, entry, value) => {
    expect(checkOne(entry, value)).toEqual(['is missing']);
  });

  it.each([
    [{ type: 'string' }, { first: 'a' }, 'must be a text'],
    [{ type: 'number' }, 'seven', 'must be a number'],
    [{ type: 'integer' }, 7.5, 'must be a whole number'],
    [{ type: 'boolean' }, 'true', 'must be true or false'],
    [{ type: 'array' }, {}, 'must be a list'],
    [{ minLength: 3 }, 'ab', 'must have at least 3 characters'],
    [{ maxLength: 1 }, 'ab', 'must have at most 1 character'],
    [{ pattern: '^[0-9]{4}$' }, '20000', 'must match the pattern ^[0-9]{4}$'],
    [{ pattern: '^[0-9]{4}$', examples: ['2000'] }, '20000', 'must have the form of 2000'],
    [{ pattern: '/^[A-Z]{2}$/' }, 'abc', 'must match the pattern ^[A-Z]{2}$'],
    [{ pattern: '^\\S+\\s\\S+$' }, 'Main', 'must match the pattern ^\\S+\\s\\S+$'],
    [{ type: 'boolean', enum: [null, true] }, false, 'must be true'],
    [{ pattern: '^[0-9]{4}$', message: { pattern: 'Four digits, please' } }, 'x', 'Four digits, please'],
    [{ maxLength: 1, messages: { maxLength: 'One letter' } }, 'ab', 'One letter'],
    [{ maxLength: 1, message: 'One letter' }, 'ab', 'One letter'],
    [{ enum: ['A', 'B'] }, 'C', 'must be one of A, B'],
    [{ options: ['A', 'B'] }, 'C', 'must be one of A, B'],
    [{ options: [{ value: 'A', label: 'First' }] }, 'First', 'must be A'],
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
    [{ enum: [1, 2] }, '1'],
    [{ type: 'number' }, '12'],
    [{ type: 'string' }, 12],
    [{ type: 'boolean', enum: [null, true], required: true }, true],
    [{ pattern: '^\\S+\\s\\S+$' }, '10\u00a0Main'],
    [{ pattern: '^[\\s\\d]+$' }, '10\u00a010'],
    [{ pattern: '^[\\u00C0-\\u017FA-Za-z]+$' }, 'Zoë'],
    [{ pattern: "^[\\p{L} .'-]+$" }, "O'Néill"],
    [{ pattern: '/^[A-Z]{2}\\d{6}$/' }, 'AB123456'],
    [{ maxLength: 3 }, '\u{20BB7}'.repeat(3)],
    [{ minLength: 6 }, '\u{20BB7}'.repeat(3)],
    [{ maxLength: 3 }, 'Zoe\u0308'],
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
    ['a pattern with flags', { pattern: '/^[A-Z]+$/i' }],
    ['a pattern with an intersection of classes', { pattern: '^[a-z&&[^aeiou]]{9}$' }],
    ['a pattern with a class of POSIX', { pattern: '^[[:digit:]]+$' }],
    ['a pattern with a class of Java', { pattern: '^\\p{javaDigit}+$' }],
    ['a pattern with possessive repetition', { pattern: '^x++$' }],
    ['a pattern with an atomic group', { pattern: '^(?>x)$' }],
    ['a pattern with anchors of Perl', { pattern: '\\Ax\\z' }],
    ['a pattern with a look-ahead', { pattern: '^(?=never)x$' }],
    ['a pattern with a back-reference', { pattern: '^(x)\\1$' }],
    ['a pattern that is a mistake', { pattern: '([' }],
    ['a pattern longer than any rule needs', { pattern: `^${'x'.repeat(2_000)}$` }],
  ])('%s leaves the value to Sinch', (_name, entry) => {
    expect(checkOne(entry, 'value')).toEqual([]);
  });
});

describe('Hostile requirements', () => {
  it.each(['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '^([a-z]*)*$', '^(a{2,}){2,}$', '^a*a*a*a*a*a*a*b$'])(
    'have the pattern %s, which is skipped because a validator could run for ever on it',
    (pattern) => {
      expect(checkOne({ pattern }, 'a'.repeat(20_000) + '!')).toEqual([]);
    },
  );

  it('have a text that is too long to check even in linear time, which is left to Sinch', () => {
    expect(checkOne({ pattern: '^[\\p{L}\\p{N}]{1,900}$' }, '!'.repeat(200_000))).toEqual([]);
  });

  it('cause a bounded number of violations', () => {
    const data = [Array.from({ length: 10_000 }, () => ({}))];
    expect(checkRegistration(requirementsOf({ name: { required: true } }), { data })).toHaveLength(100);
  });

  it('can name a field like a property that every object has', () => {
    const requirements = requirementsOf({ constructor: { required: true }, toString: { required: true } });
    expect(checkRegistration(requirements, { data: [{}] })).toHaveLength(2);
  });

  it('never make the check throw, whatever their shape', () => {
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
