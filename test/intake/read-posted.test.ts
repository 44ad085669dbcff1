import fc from '../support/fast-check';
import { formOf, ORDERED_NUMBER, type Form, type FormField, type FormSection } from '@number-orders/contract';
import { addingTo, changeEntries, removing } from '../../src/intake/page/change-entries';
import { entriesOf, type Answers, type RegistrationData, type Value } from '../../src/intake/page/data';
import { inputName, ORDERED_NUMBER_INPUT } from '../../src/intake/page/input-names';
import { MOST_ENTRIES, postedOf, readPosted, withoutEmptyEntries } from '../../src/intake/page/read-posted';

const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  name,
  title: name,
  type: 'string',
  required: false,
  ...more,
});
const formWith = (...sections: Partial<FormSection>[]): Form => ({
  sections: sections.map((section, index) => ({ index, repeats: false, fields: [], ...section })),
  schema: {},
});
const read = (form: Form, pairs: Record<string, string | string[]>) =>
  readPosted(
    form,
    postedOf(Object.entries(pairs).flatMap(([name, values]) => [values].flat().map((value) => [name, value] as const))),
  );

/** What a browser sends for a form that is filled in with these answers. */
function filledIn({ sections }: Form, data: RegistrationData): [string, string][] {
  return sections.flatMap((section) =>
    entriesOf(data, section.index).flatMap((answers, entry) =>
      section.fields.flatMap((each): [string, string][] => {
        const name = inputName(section.index, entry, each.name);
        // A field may be named as what every object inherits, such as valueOf.
        const value = Object.hasOwn(answers, each.name) ? answers[each.name] : undefined;
        // A box that is not ticked is not sent; an empty text is.
        if (value === undefined) return each.type === 'boolean' || each.type === 'array' ? [] : [[name, '']];
        const texts = [value].flat().map((one) => String(one).replaceAll('\n', '\r\n'));
        return each.type === 'array' && !each.choices
          ? [[name, texts.join('\r\n')]]
          : texts.map((text) => [name, text]);
      }),
    ),
  );
}

describe('a posted form', () => {
  it('is read with the types of its fields', () => {
    const form = formWith({
      fields: [
        field('name'),
        field('count', { type: 'integer' }),
        field('share', { type: 'number' }),
        field('agreed', { type: 'boolean', choices: [true] }),
        field('adult', { type: 'boolean' }),
        field('size', { type: 'number', choices: [1, 2.5] }),
        field('uses', { type: 'array', choices: ['OTP', 'Marketing', 3] }),
        field('sites', { type: 'array' }),
        field('left.out'),
      ],
    });
    const posted = {
      '0.0.name': '  Example Pty Ltd ',
      '0.0.count': '12',
      '0.0.share': '-0.5',
      '0.0.agreed': 'true',
      '0.0.adult': 'false',
      '0.0.size': '2.5',
      '0.0.uses': ['OTP', '3'],
      '0.0.sites': 'a.example\r\n\r\n b.example ',
      '0.0.left.out': '',
      '0.0.unknown': 'is passed over',
      '7.0.name': 'so is this',
    };
    expect(read(form, posted)).toEqual([
      {
        name: 'Example Pty Ltd',
        count: 12,
        share: -0.5,
        agreed: true,
        adult: false,
        size: 2.5,
        uses: ['OTP', 3],
        sites: ['a.example', 'b.example'],
      },
    ]);
  });

  it("keeps a value that is not of its field's type as text, for Sinch to judge", () => {
    const form = formWith({
      fields: [
        field('count', { type: 'integer' }),
        field('code', { type: 'number' }),
        field('adult', { type: 'boolean' }),
      ],
    });
    expect(read(form, { '0.0.count': 'twelve', '0.0.code': '007', '0.0.adult': 'perhaps' })).toEqual([
      { count: 'twelve', code: '007', adult: 'perhaps' },
    ]);
  });

  it('has one object for each repetition of a section, in the order shown, and none for empty ones', () => {
    const form = formWith({ repeats: true, fields: [field('a'), field('b')] }, { fields: [field('c')] });
    const data = read(form, {
      '0.10.a': 'third',
      '0.2.a': '',
      '0.2.b': '',
      '0.0.a': 'first',
      '1.0.c': 'x',
      '1.1.c': 'y',
    });
    expect(data).toEqual([[{ a: 'first' }, {}, { a: 'third' }], { c: 'x' }]);
    expect(withoutEmptyEntries(data)).toEqual([[{ a: 'first' }, { a: 'third' }], { c: 'x' }]);
    expect(withoutEmptyEntries([[{}, {}]])).toEqual([[{}]]);
  });

  it('keeps the position of a rule that could not be read as a section', () => {
    const form = formWith({ index: 1, fields: [field('a')] }, { index: 3, fields: [field('b')] });
    expect(read(form, { '1.0.a': 'x', '3.0.b': 'y' })).toEqual([{}, { a: 'x' }, {}, { b: 'y' }]);
  });

  it('has the placeholder for the ordered number if the prefilled number was not changed', () => {
    const form = formWith({ repeats: true, fields: [field('senderId'), field('contact')] });
    const pairs = { '0.0.senderId': '+61411111112', '0.1.senderId': '+61411111119', '0.1.contact': '+61411111113' };
    const shown = { [ORDERED_NUMBER_INPUT]: '+61411111112' };
    expect(read(form, { ...pairs, ...shown })).toEqual([
      [{ senderId: ORDERED_NUMBER }, { senderId: '+61411111119', contact: '+61411111113' }],
    ]);
    expect(read(form, pairs)).toMatchObject([[{ senderId: '+61411111112' }, {}]]);
  });

  it('changes nothing but its own answers, whatever a field is named', () => {
    const requirements = { fields: { rules: [{ template: { constructor: { type: 'string' } } }] }, attachments: [] };
    const data = read(formOf(requirements), { '0.0.constructor': 'x', '0.0.__proto__': 'y' });
    expect(data).toEqual([{ constructor: 'x' }]);
    expect(Object.hasOwn(data[0]!, 'constructor')).toBe(true);
    expect(read(formOf(requirements), {})).toEqual([{}]);
    expect(read(formWith({ fields: [field('valueOf')] }), {})).toEqual([{}]);
  });

  it('is bounded, however many objects are sent', () => {
    const form = formWith({ repeats: true, fields: [field('a')] });
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, entry) => [`0.${entry}.a`, 'x']));
    expect(read(form, many)).toEqual([Array.from({ length: MOST_ENTRIES }, () => ({ a: 'x' }))]);
  });

  it('returns every answer that a form can be filled in with', () => {
    fc.assert(
      fc.property(formAndAnswers, ([form, data]) => {
        expect(withoutEmptyEntries(readPosted(form, postedOf(filledIn(form, data))))).toEqual(data);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the buttons of a section that repeats', () => {
  const form = formWith({ repeats: true, fields: [field('a')] }, { fields: [field('b')] });
  const data: RegistrationData = [[{ a: '1' }, { a: '2' }], { b: 'x' }];

  it('add an empty object, and remove the one that they belong to', () => {
    expect(changeEntries(form, data, addingTo(0))).toEqual([[{ a: '1' }, { a: '2' }, {}], { b: 'x' }]);
    expect(changeEntries(form, data, removing(0, 0))).toEqual([[{ a: '2' }], { b: 'x' }]);
    expect(changeEntries(form, [[{ a: '1' }], {}], removing(0, 0))).toEqual([[], {}]);
  });

  it.each(['send', 'add.1', 'add.9', 'remove.7.0', 'add.', 'add.0.x', ''])(
    'are ignored if the form names %j',
    (button) => {
      expect(changeEntries(form, data, button)).toBeUndefined();
    },
  );

  it('add no more objects than a form may have', () => {
    const full: RegistrationData = [Array.from({ length: MOST_ENTRIES }, () => ({})), {}];
    expect(changeEntries(form, full, addingTo(0))).toEqual(full);
  });
});

// A text as it is once it was typed in and read: trimmed, its line breaks plain, whole characters.
const texts = fc
  .string({
    unit: fc.oneof(fc.constantFrom('\n', ' ', '.', '"', '<', '$'), fc.string({ unit: 'grapheme', maxLength: 1 })),
  })
  .map((text) => text.replaceAll('\r', '').trim().toWellFormed())
  .filter((text) => text !== '');
const lines = texts.map((text) => text.replaceAll('\n', ' ').trim());
const numbers = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .filter((n) => !Object.is(n, -0));
const choiceLists = fc.uniqueArray(fc.oneof(texts, numbers, fc.boolean()), {
  minLength: 1,
  maxLength: 4,
  selector: String,
});

const names = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter(isPlainName), {
  maxLength: 5,
});
function isPlainName(name: string): boolean {
  return name !== '__proto__' && !/[\r\n]/.test(name);
}

/** A field, and a value that it can have. */
const fieldAndValue = (name: string): fc.Arbitrary<[FormField, Value | undefined]> =>
  fc
    .oneof<fc.Arbitrary<[Partial<FormField>, fc.Arbitrary<Value>]>[]>(
      fc.constant([{ type: 'string' }, texts]),
      fc.constant([{ type: 'number' }, numbers]),
      fc.constant([{ type: 'integer' }, fc.integer()]),
      fc.constant([{ type: 'boolean' }, fc.boolean()]),
      fc.constant([{ type: 'boolean', choices: [true] }, fc.constant(true)]),
      fc.constant([{ type: 'array' }, fc.array(lines, { minLength: 1, maxLength: 3 })]),
      choiceLists.map((choices) => [{ type: 'string', choices }, fc.constantFrom(...choices)]),
      choiceLists.map((choices) => [{ type: 'array', choices }, fc.subarray(choices, { minLength: 1 })]),
    )
    .chain(([more, value]) => fc.tuple(fc.constant(field(name, more)), fc.option(value, { nil: undefined })));

const answersOf = (pairs: [FormField, Value | undefined][]): Answers =>
  Object.fromEntries(pairs.flatMap(([{ name }, value]) => (value === undefined ? [] : [[name, value]])));

const repeated = (answers: Answers) => (Object.keys(answers).length > 0 ? [answers, answers] : [{}]);

const sectionAndAnswers = fc
  .tuple(names, fc.boolean())
  .chain(([fields, repeats]) => fc.tuple(fc.tuple(...fields.map(fieldAndValue)), fc.constant(repeats)))
  .map(([pairs, repeats]) => ({
    section: { repeats, fields: pairs.map(([each]) => each) },
    answers: repeats ? repeated(answersOf(pairs)) : answersOf(pairs),
  }));

const formAndAnswers = fc
  .array(sectionAndAnswers, { maxLength: 4 })
  .map((parts): [Form, RegistrationData] => [
    formWith(...parts.map(({ section }) => section)),
    parts.map(({ answers }) => answers),
  ]);
