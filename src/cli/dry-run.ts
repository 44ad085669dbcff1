import { REQUEST_DEFAULTS, sumOf, whyTooDear, type NumberOrderRequest, type Price } from '@number-orders/contract';
import { findNumber } from '../activities/find-number';
import { orNone, type AvailableNumber, type SinchClient } from '../sinch';

/** What an order would reserve if it started now. Nothing is reserved. */
export interface DryRun {
  reference: string;
  /** Empty: nothing could be reserved. For a quantity Sinch may choose others. */
  numbers: Price[];
  chosenBySinch: boolean;
  /** Why nothing would be reserved, or which numbers were skipped. */
  remarks: string[];
  /** The total for each currency. Prices that Sinch does not tell are left out. */
  total: { currencyCode: string; setup: string; monthly: string }[];
}

/** Asks Sinch, with reads only. @throws {SinchError} */
export async function dryRunOf(sinch: SinchClient, request: NumberOrderRequest): Promise<DryRun> {
  const { found, remarks } = await wouldReserve(sinch, request);
  const numbers = found.map(priceOf);
  const chosenBySinch = 'quantity' in request.selection;
  return { reference: request.reference, numbers, chosenBySinch, remarks, total: totalOf(numbers) };
}

interface Wanted {
  found: AvailableNumber[];
  remarks: string[];
}

async function wouldReserve(sinch: SinchClient, request: NumberOrderRequest): Promise<Wanted> {
  const { reference, regionCode, numberType, selection, priceLimit } = request;
  if ('phoneNumber' in selection) {
    const number = await orNone(sinch.getAvailableNumber(selection.phoneNumber));
    if (!number) return { found: [], remarks: [`${selection.phoneNumber} cannot be ordered now`] };
    return heldToLimit([number], request);
  }
  if ('search' in selection) {
    const query = { reference, regionCode, numberType, ...selection.search, ...(priceLimit && { priceLimit }) };
    let { number, tooDear } = await findNumber(sinch, query);
    // An order also searches a larger page before it gives up.
    if (!number) ({ number, tooDear } = await findNumber(sinch, { ...query, tried: [] }));
    const passedOver = tooDear ? [`${tooDear.count} above the price limit; ${tooDear.example}`] : [];
    return number
      ? { found: [number], remarks: passedOver }
      : { found: [], remarks: ['no number found', ...passedOver] };
  }
  const { requestedQuantity: size = REQUEST_DEFAULTS.requestedQuantity, ...quantity } = selection.quantity;
  const { sequential: _sequential, ...narrowed } = quantity;
  const found = await orNone(sinch.searchAvailableNumbers({ regionCode, numberType, ...narrowed, size }));
  if (!found || found.length < size) return { found: [], remarks: [`Sinch has only ${found?.length ?? 0} of ${size}`] };
  return heldToLimit(found.slice(0, size), request);
}

function heldToLimit(found: AvailableNumber[], { priceLimit }: NumberOrderRequest): Wanted {
  const tooDear = found.flatMap((number) => {
    const why = priceLimit && whyTooDear(number, priceLimit);
    return why === undefined ? [] : [`${number.phoneNumber}: ${why}`];
  });
  return tooDear.length > 0 ? { found: [], remarks: tooDear } : { found, remarks: [] };
}

function priceOf({ phoneNumber, setupPrice, monthlyPrice, paymentIntervalMonths }: AvailableNumber): Price {
  return {
    phoneNumber,
    ...(setupPrice && { setupPrice }),
    ...(monthlyPrice && { monthlyPrice }),
    ...(paymentIntervalMonths !== undefined && { paymentIntervalMonths }),
  };
}

export function totalOf(numbers: Price[]): DryRun['total'] {
  const of = (field: 'setupPrice' | 'monthlyPrice', currencyCode: string) =>
    sumOf(numbers.flatMap((number) => (number[field]?.currencyCode === currencyCode ? [number[field].amount] : [])));
  const currencies = numbers.flatMap(({ setupPrice, monthlyPrice }) => [setupPrice, monthlyPrice]);
  const codes = [...new Set(currencies.flatMap((money) => (money ? [money.currencyCode] : [])))];
  return codes.map((currencyCode) => ({
    currencyCode,
    setup: of('setupPrice', currencyCode),
    monthly: of('monthlyPrice', currencyCode),
  }));
}
