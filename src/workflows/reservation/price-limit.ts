import { describePriceLimit, whyTooDear } from '@number-orders/contract';
import type { TooDear } from '../../activities';
import { addNotice, type Order, type Reservation } from '../order/order';
import { areSame } from './asked-for';

/** The candidates of a search that cost more than the price limit. */
export function noteTooDear(order: Order, tooDear: TooDear | undefined): void {
  if (!tooDear) return;
  const { count, example } = tooDear;
  addNotice(order, `Skipped ${count} ${count === 1 ? 'number' : 'numbers'} above the price limit; ${example}`);
}

/** The price is unknown, because Sinch has not named the numbers. */
export function awaitsPrices({ request }: Order, { phoneNumbers }: Reservation): boolean {
  return request.priceLimit !== undefined && phoneNumbers.length === 0;
}

/** A reservation above the price limit counts as one that was not requested: it is never submitted. */
export function holdToPriceLimit(order: Order, reservation: Reservation): void {
  const { priceLimit } = order.request;
  const { phoneNumbers, asked, prices, deviation } = reservation;
  if (!priceLimit || deviation?.acceptable === false) return;
  // The price of a number that was asked for was read before it was ordered.
  const untold = areSame(phoneNumbers, asked) ? 'within the limit' : 'too dear';
  const reasons = phoneNumbers.flatMap((phoneNumber) => {
    const price = prices.find((each) => each.phoneNumber === phoneNumber) ?? {};
    const why = whyTooDear(price, priceLimit, untold);
    return why === undefined ? [] : [`${phoneNumber}: ${why}`];
  });
  const [first] = reasons;
  if (first === undefined) return;
  reservation.deviation = { askedFor: describePriceLimit(priceLimit), acceptable: false };
  const follows = reservation.submitted ? 'it is submitted already' : 'it is left to lapse';
  addNotice(order, `What Sinch has reserved exceeds the price limit; ${first}: ${follows}`);
}
