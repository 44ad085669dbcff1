import fc from '../support/fast-check';
import { readTime } from '../../src/sinch/time';

describe("a time in Sinch's answers", () => {
  it.each([
    ['2026-01-31T18:00:00Z', '2026-01-31T18:00:00Z'],
    ['2026-01-31T20:00:00.5+02:00', '2026-01-31T20:00:00.5+02:00'],
    // Without a zone it is UTC, wherever the worker runs.
    ['2026-01-31T18:00:00', '2026-01-31T18:00:00Z'],
    ['2026-01-31T18:00:00.854087603', '2026-01-31T18:00:00.854087603Z'],
    ['2026-01-31T18:00:00.123456789Z', '2026-01-31T18:00:00.123456789Z'],
    ['2026-01-31T18:00:00,5Z', '2026-01-31T18:00:00.5Z'],
    ['2026-01-31 18:00:00', '2026-01-31T18:00:00Z'],
    [' 2026-01-31T18:00:00Z ', '2026-01-31T18:00:00Z'],
    ['2026-01-31t18:00:00z', '2026-01-31T18:00:00Z'],
    ['2026-01-31T18:00Z', '2026-01-31T18:00:00Z'],
    ['2026-01-31T18:00:00+00', '2026-01-31T18:00:00+00:00'],
    ['2026-01-31T18:00:00+0000', '2026-01-31T18:00:00+00:00'],
    ['2026-01-31T13:00:00-05', '2026-01-31T13:00:00-05:00'],
    ['2026-01-31T18:00:00 +00:00', '2026-01-31T18:00:00+00:00'],
    ['2026-01-31 18:00:00 UTC', '2026-01-31T18:00:00Z'],
    ['2026-01-31T18:00:00 GMT', '2026-01-31T18:00:00Z'],
    ['2026-01-31T18:00:00Z[UTC]', '2026-01-31T18:00:00Z'],
    ['2026-02-01T05:00:00+11:00[Australia/Sydney]', '2026-02-01T05:00:00+11:00'],
    ['2026-12-31T23:59:60Z', '2026-12-31T23:59:59Z'],
    [1769882400, '2026-01-31T18:00:00.000Z'],
    [1769882400000, '2026-01-31T18:00:00.000Z'],
  ])('written %p is read as %s', (written, read) => {
    expect(readTime(written)).toBe(read);
    expect(Date.parse(readTime(written) ?? '')).not.toBeNaN();
  });

  it.each([
    'soon',
    '',
    '2026-99-99T00:00:00Z',
    '2026-01-31T18:00:00 CET',
    { seconds: 1769882400 },
    [],
    null,
    true,
    NaN,
  ])('%p is ignored', (written) => {
    expect(readTime(written)).toBeUndefined();
  });

  it('is always valid or ignored, whatever is written', () => {
    const written = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.stringMatching(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,12})?)? ?(Z|UTC|[+-]\d\d(:?\d\d)?)?(\[\w*\])?$/),
    );
    fc.assert(
      fc.property(written, (value) => {
        const read = readTime(value);
        expect(read === undefined || Date.parse(read) > -Infinity).toBe(true);
      }),
    );
  });
});
