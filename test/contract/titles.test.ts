import fc from '../support/fast-check';
import { bytesOfText, titleAndId, titled, withTitles, type ViewRequirements } from '@number-orders/contract';

const ID = '01jxn21ykc3vq8m5d7e0ga4hfr';

const attachment = (title?: string) => ({
  id: ID,
  ...(title !== undefined && { title }),
  mandatory: true,
  template: [],
  allowedMimeTypes: [],
  allowedDocumentTypes: [],
});

const requirements = (...templates: object[]): ViewRequirements => ({
  fields: { rules: templates.map((template) => ({ template })) },
  attachments: [],
});

const postalCode = {
  name: 'postalCode',
  title: 'Postal code',
  description: 'Of the registered office',
  pattern: '^[0-9]{4}$',
  examples: ['3000'],
  message: { pattern: 'A postal code has four digits.', maxLength: 4 },
};

describe('a requirement, as it is shown to people,', () => {
  it('has its title, with the id to type', () => {
    const known = { fields: {}, attachments: [attachment('Proof of identity')] };
    expect(titled(known, ID)).toEqual({ id: ID, title: 'Proof of identity' });
    expect(titleAndId(titled(known, ID))).toBe(`Proof of identity (${ID})`);
    expect(titleAndId(titled(known, 'registration'))).toBe('registration');
  });

  it.each([
    ['there are no requirements', null],
    ['the id is not among them', { fields: {}, attachments: [] }],
    ['Sinch gives no title', { fields: {}, attachments: [attachment()] }],
    ['Sinch gives an empty one', { fields: {}, attachments: [attachment(' \n ')] }],
  ])('has its id if %s', (_why, known) => {
    expect(titled(known, ID)).toEqual({ id: ID, title: ID });
    expect(titleAndId(titled(known, ID))).toBe(ID);
  });

  it('has a title on one line, of whole characters, and short, whatever Sinch writes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
        const found = titled({ fields: {}, attachments: [attachment(`${title}\ud83d`)] }, ID);
        expect(found.title).not.toMatch(/\p{Cc}/u);
        expect(found.title.isWellFormed()).toBe(true);
        expect(bytesOfText(found.title)).toBeLessThanOrEqual(200);
      }),
    );
  });
});

describe('a fault of a field, as it is shown to people,', () => {
  const of = (field: string, description = 'is invalid', known = requirements({ properties: [postalCode] })) =>
    withTitles(known, [{ field, description }])[0];

  it.each(['requestDetails.data[0].postalCode', 'data.0.postalCode', '/data/0/postalCode', 'postalCode'])(
    "has the field’s title, Sinch's text for a wrong value, and an example: %s",
    (field) => {
      expect(of(field)).toEqual({
        field,
        description: 'is invalid',
        title: 'Postal code',
        hint: 'A postal code has four digits. For example: 3000',
      });
    },
  );

  it('has the field’s description if Sinch has no text for a wrong value', () => {
    const { message: _message, examples: _examples, ...silent } = postalCode;
    expect(of('postalCode', 'x', requirements({ properties: [silent] }))?.hint).toBe('Of the registered office');
  });

  it('does not repeat a text', () => {
    expect(of('postalCode', postalCode.message.pattern)?.hint).toBe('For example: 3000');
  });

  it('has the title from the section that the path names, if several have a field of that name', () => {
    const known = requirements(
      { properties: [postalCode] },
      { properties: [{ ...postalCode, title: 'Postcode of the owner' }] },
    );
    expect(of('requestDetails.data[1].postalCode', 'x', known)?.title).toBe('Postcode of the owner');
    expect(of('postalCode', 'x', known)).toEqual({ field: 'postalCode', description: 'x' });
  });

  it('has the title of the document that the path names', () => {
    const known = { fields: {}, attachments: [attachment('Proof of identity')] };
    expect(of(`attachments.${ID}`, 'is mandatory', known)?.title).toBe('Proof of identity');
  });

  it.each(['submission', '', '[0]', 'requestDetails.data[0]', '__proto__', 'requestDetails.data[7].unknown'])(
    'stays as Sinch wrote it if its path names no field of the form: %j',
    (field) => {
      expect(of(field)).toEqual({ field, description: 'is invalid' });
      expect(withTitles(null, [{ field, description: 'x' }])).toEqual([{ field, description: 'x' }]);
    },
  );
});
