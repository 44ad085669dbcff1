import { isMore } from './decimal';
import type { PriceLimit } from './request';
import type { Price } from './view';

/** The prices of one number. */
type Pricing = { [Name in 'setupPrice' | 'monthlyPrice']?: Price[Name] | undefined };

const PARTS = [
  { part: 'setup', price: 'setupPrice', name: 'set-up' },
  { part: 'monthly', price: 'monthlyPrice', name: 'monthly' },
] as const;

/**
 * Why a number's price exceeds a limit; undefined: it does not. An amount in another currency does.
 * @param untold how an amount counts that Sinch does not tell
 */
export function whyTooDear(
  price: Pricing,
  limit: PriceLimit,
  untold: 'too dear' | 'within the limit' = 'too dear',
): string | undefined {
  for (const { part, price: field, name } of PARTS) {
    const most = limit[part];
    const asked = price[field];
    if (most === undefined || (!asked && untold === 'within the limit')) continue;
    if (!asked) return `Sinch does not say its ${name} price, and the limit is ${most} ${limit.currencyCode}`;
    if (asked.currencyCode !== limit.currencyCode || isMore(asked.amount, most)) {
      return `its ${name} price is ${asked.amount} ${asked.currencyCode}, and the limit is ${most} ${limit.currencyCode}`;
    }
  }
  return undefined;
}

/** The limit in words, for people. */
export function describePriceLimit(limit: PriceLimit): string {
  const parts = PARTS.flatMap(({ part, name }) => {
    const most = limit[part];
    return most === undefined ? [] : [`${most} ${limit.currencyCode} ${name}`];
  });
  return `at most ${parts.join(' and ')} a number`;
}
