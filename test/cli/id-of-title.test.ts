import { idOf } from '../../src/cli/id-of-title';

const known = [
  { id: 'registration', title: 'Registration' },
  { id: '01jxn21ykc3vq8m5d7e0ga4hfr', title: 'Proof of identity' },
  { id: '01jxn2251d0shhamtbykft2xzx', title: 'Proof of identity, back side' },
  { id: '7f3c9a52-8d1e-4b7a-9c35-e2a7d4618b90', title: 'Letter of authorization' },
];

describe('an operator can name a document by its title', () => {
  it.each([
    ['by its id', '01jxn2251d0shhamtbykft2xzx', '01jxn2251d0shhamtbykft2xzx'],
    ['by a part of its title', 'letter', '7f3c9a52-8d1e-4b7a-9c35-e2a7d4618b90'],
    ['by the whole of a title that others begin with', 'proof of Identity', '01jxn21ykc3vq8m5d7e0ga4hfr'],
    ['as the registration', 'registration', 'registration'],
    ['by what no title has: an id, for all that is known', 'utility-bill', 'utility-bill'],
    ['by nothing, which is no part of a title', '', ''],
  ])('%s', (_how, typed, id) => {
    expect(idOf(known, typed)).toBe(id);
  });

  it('and gets a list of the documents if a part of a title fits several', () => {
    expect(() => idOf(known, 'proof')).toThrow(
      '"proof" could be any of Proof of identity (01jxn21ykc3vq8m5d7e0ga4hfr), ' +
        'Proof of identity, back side (01jxn2251d0shhamtbykft2xzx): type more of the title, or the id.',
    );
  });

  it('and gets a list of them if two documents have the same title', () => {
    const twins = ['one', 'two'].map((id) => ({ id, title: 'Passport' }));
    expect(() => idOf(twins, 'passport')).toThrow('could be any of Passport (one), Passport (two)');
  });
});
