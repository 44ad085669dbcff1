import { whyTooDear, type NumberSearch, type NumberType, type PriceLimit } from '@number-orders/contract';
import { orNone, SinchError, type AvailableNumber, type SinchClient } from '../sinch';
import { preferredNumber } from './spread';

export interface NumberKind {
  regionCode: string;
  numberType: NumberType;
}

export type NumberQuery = NumberKind &
  NumberSearch & {
    /** The order's reference, which decides the number that it prefers. */
    reference: string;
    /** Numbers to skip. Undefined: the first search. */
    tried?: string[];
    priceLimit?: PriceLimit;
  };

/** Numbers above the price limit: their count, and the reason for one of them. */
export interface TooDear {
  count: number;
  example: string;
}

export interface Found {
  /** The number to try. */
  number?: AvailableNumber;
  /** Skipped. */
  tooDear?: TooDear;
}

/** Page sizes of a search: enough for a few orders at once, and as many as possible when others are quicker. */
const FIRST_PAGE = 50;
const LARGE_PAGE = 500;

/** A number for an order to try, of those that Sinch offers now. */
export async function findNumber(
  sinch: SinchClient,
  { reference, tried, priceLimit, ...query }: NumberQuery,
): Promise<Found> {
  const ask = (size: number) => orNone(sinch.searchAvailableNumbers({ ...query, size }));
  const all = await ask(tried === undefined ? FIRST_PAGE : LARGE_PAGE + tried.length).catch((error: unknown) => {
    if (!(error instanceof SinchError) || error.type !== 'SinchInvalidArgument' || tried === undefined) throw error;
    // The largest page size is not documented.
    return ask(FIRST_PAGE);
  });
  const held = (all ?? []).map((number) => ({ number, why: priceLimit && whyTooDear(number, priceLimit) }));
  const affordable = held.filter(({ why }) => why === undefined).map(({ number }) => number);
  const preferred = preferredNumber(
    affordable.map(({ phoneNumber }) => phoneNumber),
    reference,
    tried,
  );
  const number = affordable.find(({ phoneNumber }) => phoneNumber === preferred);
  const tooDear = tooDearOf(held);
  return { ...(number && { number }), ...(tooDear && { tooDear }) };
}

function tooDearOf(held: { number: AvailableNumber; why: string | undefined }[]): TooDear | undefined {
  const dear = held.flatMap(({ number, why }) => (why === undefined ? [] : [`${number.phoneNumber}: ${why}`]));
  const [example] = dear;
  return example === undefined ? undefined : { count: dear.length, example };
}
