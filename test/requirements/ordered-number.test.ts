import fc from '../support/fast-check';
import { bytesOf, LIMITS, ORDERED_NUMBER } from '@number-orders/contract';
import { fieldsWithNumber, holdsOrderedNumber, withOrderedNumbers } from '../../src/requirements/ordered-number';

const A = '+61411111112';
const B = '+61411111113';
const C = '+61411111114';

const sender = { senderId: ORDERED_NUMBER, purposeOfTheTraffic: 'One Time Password' };
const company = { endBusinessName: 'Example Pty Ltd', country: 'AU' };

describe('The text $orderedNumber in a registration', () => {
  it.each([
    ['in the list of objects that Sinch documents', { data: [[sender], company] }],
    ['in an object by itself', { data: [sender, company] }],
    ['in a list of texts', { data: { numbers: [ORDERED_NUMBER] } }],
    ['in a longer text', { data: [{ useCase: `Codes from ${ORDERED_NUMBER}; answers to ${ORDERED_NUMBER} too` }] }],
    ['where there is no data', { senderIdDetails: [{ deeper: { senderId: ORDERED_NUMBER } }] }],
    ['as a whole', { data: ORDERED_NUMBER }],
  ])('is replaced by the reserved number wherever it is: %s', (_where, requestDetails) => {
    const expected: unknown = JSON.parse(JSON.stringify(requestDetails).replaceAll(ORDERED_NUMBER, A));

    expect(withOrderedNumbers(requestDetails, [A])).toEqual({ value: expected });
  });

  it('is replaced by the number alone, even if there are blanks around it', () => {
    expect(withOrderedNumbers({ data: [{ senderId: ` ${ORDERED_NUMBER}\n` }] }, [A])).toEqual({
      value: { data: [{ senderId: A }] },
    });
  });

  it('turns the only object of a list into one object for each number', () => {
    expect(withOrderedNumbers({ data: [[sender], company] }, [A, B, C])).toEqual({
      value: { data: [[A, B, C].map((senderId) => ({ ...sender, senderId })), company] },
    });
  });

  it('repeats only the innermost list, so that no object is lost and no other is doubled', () => {
    const requestDetails = { data: [{ senderIdDetails: [sender], additionalDetails: [company, company] }] };

    expect(withOrderedNumbers(requestDetails, [A, B])).toEqual({
      value: {
        data: [
          {
            senderIdDetails: [
              { ...sender, senderId: A },
              { ...sender, senderId: B },
            ],
            additionalDetails: [company, company],
          },
        ],
      },
    });
  });

  it('is replaced by one number throughout a repeated object, also in lists within it', () => {
    const requestDetails = { data: [[{ senderId: ORDERED_NUMBER, uses: [{ from: ORDERED_NUMBER }] }]] };

    expect(withOrderedNumbers(requestDetails, [A, B])).toEqual({
      value: { data: [[A, B].map((number) => ({ senderId: number, uses: [{ from: number }] }))] },
    });
  });

  it.each([
    ['an object in no list of its own', { data: [sender, company] }, 'requestDetails.data[0].senderId'],
    ['one of several objects of a list', { data: [[company, sender]] }, 'requestDetails.data[0][1].senderId'],
    ['a text in no list', { data: [company], note: ORDERED_NUMBER }, 'requestDetails.note'],
  ])('is refused if it has one place for several numbers: %s', (_where, requestDetails, field) => {
    const description = expect.stringContaining('the order has 2 numbers') as string;

    expect(withOrderedNumbers(requestDetails, [A, B])).toEqual({ violations: [{ field, description }] });
  });

  it('changes nothing in a registration without it', () => {
    const requestDetails = { data: [[{ senderId: A }], company] };

    expect(withOrderedNumbers(requestDetails, [B]).value).toBe(requestDetails);
  });

  it('is refused if a hundred numbers would make the registration too large to be sent', () => {
    const note = 'x'.repeat(LIMITS.registrationBytes / 100);

    const { violations } = withOrderedNumbers({ data: [[{ ...sender, note }]] }, Array<string>(100).fill(A));

    expect(violations).toEqual([
      { field: 'requestDetails', description: expect.stringContaining(`${LIMITS.registrationBytes} bytes`) as string },
    ]);
  });

  it('causes violations that are bounded in number and length, and well-formed', () => {
    const key = `\ud83d${'k'.repeat(10_000)}`;
    const requestDetails = { data: Array.from({ length: 1_000 }, () => ({ [key]: ORDERED_NUMBER })) };

    const { violations = [] } = withOrderedNumbers(requestDetails, [A, B]);

    expect(violations.length).toBeLessThanOrEqual(20);
    expect(violations.every(({ field }) => field.isWellFormed() && bytesOf(field) <= 258)).toBe(true);
  });
});

describe('The fields that hold a number of an earlier attempt', () => {
  it('are found wherever they are, with or without blanks around the number', () => {
    const requestDetails = { data: [[{ senderId: A }], { note: 'ours', numbers: [B, ` ${C} `] }] };

    expect(fieldsWithNumber(requestDetails, new Set([A, C]))).toEqual([
      'requestDetails.data[0][0].senderId',
      'requestDetails.data[1].numbers[1]',
    ]);
  });

  it.each([[`${A}0`], [`from ${A}`], [ORDERED_NUMBER], ['']])('do not include fields with %j', (text) => {
    expect(fieldsWithNumber({ data: [{ text }] }, new Set([A]))).toEqual([]);
  });
});

describe('Any registration, with any numbers', () => {
  const leaf = fc.oneof(
    fc.constant(ORDERED_NUMBER),
    fc.constant(`for ${ORDERED_NUMBER}`),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(null, true, 7, ' '),
  );
  const key = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('__proto__', 'constructor', 'toString', 'length', '0'),
  );
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      leaf,
      fc.array(tie('json'), { maxLength: 3 }),
      fc.array(tie('json'), { minLength: 1, maxLength: 1 }),
      // As it comes out of a payload.
      fc.array(fc.tuple(key, tie('json')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  const registration = json.map((data) => ({ data }));
  const numbers = fc.uniqueArray(
    fc.integer({ min: 10_000_000, max: 99_999_999 }).map((digits) => `+614${digits}`),
    { minLength: 1, maxLength: 6 },
  );

  it('gets its one number in place of each $orderedNumber, and is otherwise unchanged', () => {
    fc.assert(
      fc.property(registration, (requestDetails) => {
        const before = JSON.stringify(requestDetails);

        const { value } = withOrderedNumbers(requestDetails, [A]);

        expect(JSON.stringify(value)).toBe(before.replaceAll(ORDERED_NUMBER, A));
        expect(JSON.stringify(requestDetails)).toBe(before);
      }),
      { numRuns: 500 },
    );
  });

  it('gets each of several numbers equally often, or is refused', () => {
    fc.assert(
      fc.property(registration, numbers, (requestDetails, phoneNumbers) => {
        const { value, violations } = withOrderedNumbers(requestDetails, phoneNumbers);

        if (violations) {
          expect(phoneNumbers.length).toBeGreaterThan(1);
          return;
        }
        const sent = JSON.stringify(value);
        expect(sent).not.toContain(ORDERED_NUMBER);
        const wanted = JSON.stringify(requestDetails).split(ORDERED_NUMBER).length - 1;
        for (const number of phoneNumbers) expect(sent.split(number).length - 1).toBe(wanted);
      }),
      { numRuns: 500 },
    );
  });

  it('never becomes larger than the limit, and is processed fast', () => {
    const large = fc.tuple(registration, fc.integer({ min: 1, max: 200_000 }));
    fc.assert(
      fc.property(large, numbers, ([requestDetails, length], phoneNumbers) => {
        const padded = { ...requestDetails, senders: [{ senderId: ORDERED_NUMBER, note: 'x'.repeat(length) }] };

        const { value } = withOrderedNumbers(padded, phoneNumbers);

        if (value) expect(bytesOf(value)).toBeLessThanOrEqual(LIMITS.registrationBytes);
      }),
      { numRuns: 100 },
    );
  });

  it('that holds a number of an earlier attempt is recognised by it', () => {
    fc.assert(
      fc.property(registration, numbers, (requestDetails, phoneNumbers) => {
        const { value } = withOrderedNumbers(requestDetails, phoneNumbers);
        if (!value) return;
        const holdsOneAlone = JSON.stringify(requestDetails).includes(`"${ORDERED_NUMBER}"`);

        const fields = fieldsWithNumber(value, new Set(phoneNumbers));

        expect(fields.length > 0).toBe(holdsOneAlone);
        expect(holdsOrderedNumber(value)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
