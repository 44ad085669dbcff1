import { retryAfterMs } from '../../src/sinch/retry-after';

const NOW = Date.parse('1994-11-06T08:49:07Z');

describe('a Retry-After header', () => {
  test.each([
    ['seconds', '30', 30_000],
    ['no seconds at all', '0', 0],
    ['seconds with blanks around them', ' 30 ', 30_000],
    ['a date', 'Sun, 06 Nov 1994 08:49:37 GMT', 30_000],
    ['a date that has passed', 'Sun, 06 Nov 1994 08:00:00 GMT', 0],
  ])('in %s is the delay from now', (_form, header, delay) => {
    expect(retryAfterMs(header, NOW)).toBe(delay);
  });

  // Nobody has written dates as RFC 850 and asctime did for decades.
  test.each([
    undefined,
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    '',
    'soon',
    '-5',
    '1.5',
    '1e3',
    '99999999999',
    '1994-11-06',
    'Xxx, 99 Foo 1994 99:99:99 GMT',
  ])('with %p is ignored', (header) => {
    expect(retryAfterMs(header, NOW)).toBeUndefined();
  });
});
