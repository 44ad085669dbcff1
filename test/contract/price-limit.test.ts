import { describePriceLimit, isMore, sumOf, whyTooDear } from '@number-orders/contract';
import fc from '../support/fast-check';

const places = fc.integer({ min: 0, max: 6 });
const LARGE = 10n ** 18n;
const cents = fc.bigInt({ min: -LARGE, max: LARGE });

/** So many millionths, written with as many places as are said, or as many as it needs. */
function written(millionths: bigint, atLeast: number): string {
  const digits = String(millionths < 0n ? -millionths : millionths).padStart(7, '0');
  const whole = digits.slice(0, -6);
  const fraction = digits.slice(-6).replace(/0+$/, '').padEnd(atLeast, '0');
  return `${millionths < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`;
}

describe('a price limit', () => {
  it('is compared with amounts exactly, however many decimal places they have', () => {
    fc.assert(
      fc.property(cents, cents, places, places, (one, other, a, b) => {
        expect(isMore(written(one, a), written(other, b))).toBe(one > other);
        expect(isMore(written(one, a), written(one, b))).toBe(false);
      }),
    );
  });

  it('adds up totals exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cents, places)), (amounts) => {
        const sum = sumOf(amounts.map(([millionths, atLeast]) => written(millionths, atLeast)));
        const total = amounts.reduce((so, [millionths]) => so + millionths, 0n);
        expect(isMore(sum, written(total, 0)) || isMore(written(total, 0), sum)).toBe(false);
      }),
    );
    expect(sumOf(['0.10', '0.20', '-0.05'])).toBe('0.25');
    expect(sumOf([])).toBe('0');
  });

  const euros = (amount: string) => ({ currencyCode: 'EUR', amount });
  const limit = { currencyCode: 'EUR', setup: '1.00', monthly: '5' };

  it.each([
    [{ setupPrice: euros('1'), monthlyPrice: euros('5.000') }, undefined],
    [
      { setupPrice: euros('1.01'), monthlyPrice: euros('5') },
      'its set-up price is 1.01 EUR, and the limit is 1.00 EUR',
    ],
    [{ setupPrice: euros('1'), monthlyPrice: euros('10') }, 'its monthly price is 10 EUR, and the limit is 5 EUR'],
    [
      { setupPrice: { currencyCode: 'USD', amount: '0.01' }, monthlyPrice: euros('5') },
      'its set-up price is 0.01 USD, and the limit is 1.00 EUR',
    ],
    [{ setupPrice: euros('1') }, 'Sinch does not say its monthly price, and the limit is 5 EUR'],
  ])('says why a price exceeds it, or nothing if it does not: %j', (price, why) => {
    expect(whyTooDear(price, limit)).toBe(why);
  });

  it('is described in words', () => {
    expect(describePriceLimit(limit)).toBe('at most 1.00 EUR set-up and 5 EUR monthly a number');
    expect(describePriceLimit({ currencyCode: 'USD', monthly: '2' })).toBe('at most 2 USD monthly a number');
  });
});
