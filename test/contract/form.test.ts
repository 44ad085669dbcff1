import Ajv2020 from 'ajv/dist/2020';
import fc from '../support/fast-check';
import { formOf, type Form, type ViewRequirements } from '@number-orders/contract';

const asking = (rules: unknown): ViewRequirements => ({
  fields: { schema: '/schema/policySchema-v1.json', rules },
  attachments: [],
});
const formOfTemplates = (...templates: unknown[]) => formOf(asking(templates.map((template) => ({ template }))));

const validatorOf = ({ schema }: Form) => new Ajv2020({ strict: true, strictTuples: false }).compile(schema);

/** An entry as the sibling API documents it. */
const purpose = {
  name: 'purposeOfTheTraffic',
  title: 'Purpose of the traffic',
  description: 'Choose one.\\nOr write to us.',
  type: 'string',
  required: true,
  'x-placeholder': 'e.g. One Time Password',
  enum: ['One Time Password', 'Marketing'],
  examples: ['One Time Password'],
  message: { enum: 'Choose one of the list' },
};
const sender = {
  name: 'senderId',
  title: 'Sender',
  type: 'string',
  required: true,
  pattern: '^[+][0-9]+$',
  maxLength: 16,
};
const consent = { name: 'iConfirm', title: 'I confirm', type: 'boolean', enum: [null, true], required: true };
const city = { name: 'city', type: 'string' };

/** The same fields in every form that a template is known, or likely, to have. */
const FORMS: [string, unknown][] = [
  ['a list of properties', { properties: [sender, purpose, consent, city] }],
  ['a bare list', [sender, purpose, consent, city]],
  ['an object of properties', { properties: Object.fromEntries([sender, purpose, consent, city].map(named)) }],
  [
    'plain JSON Schema',
    {
      type: 'object',
      required: ['senderId', 'purposeOfTheTraffic', 'iConfirm'],
      properties: Object.fromEntries([sender, purpose, consent, city].map(withoutRequired).map(named)),
    },
  ],
  ['a map of names', Object.fromEntries([sender, purpose, consent, city].map(named))],
];

function named<T extends { name: string }>({ name, ...entry }: T): [string, Omit<T, 'name'>] {
  return [name, entry];
}

function withoutRequired(entry: { name: string; required?: boolean }) {
  const { required: _required, ...rest } = entry;
  return rest;
}

describe('a form', () => {
  it.each(FORMS)('is built from a template that is %s', (_form, template) => {
    expect(formOfTemplates(template).sections).toEqual([
      {
        index: 0,
        repeats: true,
        fields: [
          { name: 'senderId', title: 'Sender', type: 'string', required: true, pattern: '^[+][0-9]+$', maxLength: 16 },
          {
            name: 'purposeOfTheTraffic',
            title: 'Purpose of the traffic',
            description: 'Choose one.\nOr write to us.',
            type: 'string',
            required: true,
            choices: ['One Time Password', 'Marketing'],
            examples: ['One Time Password'],
            placeholder: 'e.g. One Time Password',
            messages: { enum: 'Choose one of the list' },
          },
          { name: 'iConfirm', title: 'I confirm', type: 'boolean', required: true, choices: [true] },
          { name: 'city', title: 'City', type: 'string', required: false },
        ],
      },
    ]);
  });

  it.each(FORMS)('of %s has a schema that accepts a right answer and no wrong one', (_form, template) => {
    const validate = validatorOf(formOfTemplates(template));
    const answer = { senderId: '+61411111112', purposeOfTheTraffic: 'One Time Password', iConfirm: true };
    expect(validate([[answer]])).toBe(true);
    expect(validate([[answer], { more: 'than we can read' }])).toBe(true);
    for (const wrong of [[], [[]], [[{ ...answer, senderId: 'Acme' }]], [[{ ...answer, iConfirm: false }]]])
      expect([wrong, validate(wrong)]).toEqual([wrong, false]);
  });

  it.each([
    ['a list', [{ template: [city] }, { template: [purpose] }]],
    [
      'an object, as the sibling API has it',
      { companyTemplate: { properties: [city] }, other: { properties: [purpose] } },
    ],
    ['templates without a name', [{ properties: [city] }, { properties: [purpose] }]],
  ])('has a section for each rule if the rules are %s', (_form, rules) => {
    const { sections } = formOf(asking(rules));
    expect(sections.map(({ fields }) => fields.map(({ name }) => name))).toEqual([['city'], ['purposeOfTheTraffic']]);
  });

  it('keeps the position of a rule that follows an unreadable one', () => {
    const form = formOfTemplates({}, { properties: [sender] }, 'text', { properties: [purpose] });
    expect(form.sections.map(({ index }) => index)).toEqual([1, 3]);
    const validate = validatorOf(form);
    expect(validate(['anything', [{ senderId: '+1' }], null, { purposeOfTheTraffic: 'Marketing' }])).toBe(true);
    expect(validate(['anything', [{ senderId: '+1' }], null, {}])).toBe(false);
  });

  it('reads a list of objects as a section that repeats', () => {
    const template = { type: 'array', items: { type: 'object', properties: { city: { type: 'string' } } } };
    expect(formOfTemplates(template).sections).toMatchObject([{ repeats: true, fields: [{ name: 'city' }] }]);
  });

  it('derives the title of a field without one from its name', () => {
    const name = 'iConfirmThatMyBusinessHasAValidUseCaseForThisLn';
    const [section] = formOfTemplates([{ name, type: 'boolean' }]).sections;
    expect(section?.fields[0]?.title).toBe('I confirm that my business has a valid use case for this ln');
  });

  it.each(['message', 'messages'])('has the texts of %s for a wrong value', (key) => {
    const [section] = formOfTemplates([{ ...city, [key]: { maxLength: 'Shorter, please' } }]).sections;
    expect(section?.fields[0]?.messages).toEqual({ maxLength: 'Shorter, please' });
  });

  it.each([
    null,
    { fields: {}, attachments: [] },
    asking([]),
    asking('text'),
    asking([{ template: {} }, { template: {} }]),
  ])('is empty for requirements that describe no field: %j', (requirements) => {
    const form = formOf(requirements);
    expect(form.sections).toEqual([]);
    expect(validatorOf(form)([{ any: 'thing' }])).toBe(true);
  });
});

describe('a form made of hostile requirements', () => {
  it('is bounded, however many fields it has and however long their texts are', () => {
    const long = '<script>'.repeat(100_000);
    const fields = Array.from({ length: 2_000 }, (_, index) => ({
      name: `field${index}`,
      title: long,
      description: long,
      pattern: `^${'x'.repeat(5_000)}$`,
      enum: Array.from({ length: 300 }, (_, choice) => `${choice}${'y'.repeat(50)}`),
    }));
    const form = formOfTemplates(...Array.from({ length: 100 }, () => ({ properties: fields })));
    const shown = form.sections.flatMap((section) => section.fields);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThanOrEqual(500);
    expect(JSON.stringify(form).length).toBeLessThan(1024 * 1024);
    validatorOf(form);
  });

  it('has no field that could change the prototype of objects', () => {
    const template = JSON.parse('{"__proto__": {"required": true}, "constructor": {"required": true}}') as unknown;
    const form = formOfTemplates(template);
    expect(form.sections[0]?.fields.map(({ name }) => name)).toEqual(['constructor']);
    expect(({} as Record<string, unknown>).required).toBeUndefined();
    validatorOf(form);
  });

  it('has no unpaired surrogate in any text', () => {
    const half = 'x'.repeat(1_999) + '\u{1F600}';
    const form = formOfTemplates([{ name: 'a\ud83d', title: '\ude00', description: half, enum: ['a'] }]);
    expect(JSON.stringify(form)).not.toMatch(/\\ud8|\\ude/i);
  });

  it.each(['^(a+)+$', '^(a|a)*$', '([', '/x/i', '^[a-z&&[^x]]$', '(?=x', 'x'.repeat(3_000)])(
    'leaves out the pattern %s',
    (pattern) => {
      const [section] = formOfTemplates([{ ...city, pattern }]).sections;
      expect(section?.fields[0]).not.toHaveProperty('pattern');
    },
  );

  it('never throws, and its schema always compiles', () => {
    const keys = fc.constantFrom(
      ...['template', 'properties', 'items', 'required', 'type', 'enum', 'options', 'pattern', 'minLength', 'name'],
      ...['title', 'message', 'messages', 'examples', '__proto__', 'constructor', 'value', 'a', ''],
    );
    const texts = fc.constantFrom('string', 'array', 'boolean', 'a', '(', '^(a|b)+$', '\ud83d', '/x/i', '[z-a]');
    const shape = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.oneof(texts, fc.boolean(), fc.double(), fc.constant(null), fc.string({ unit: 'binary' })),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 5 }),
      ),
    })).value;
    fc.assert(
      fc.property(shape, (rules) => {
        validatorOf(formOf(asking(rules)));
      }),
      { numRuns: 200 },
    );
  });
});
