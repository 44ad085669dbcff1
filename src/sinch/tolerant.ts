import { z } from 'zod';
import { readTime } from './time';

/**
 * Pieces of an answer that decide nothing. Each is read as far as it can be, and none ever fails: what cannot be read is
 * left out, as are null and an empty text, which Sinch answers where its documentation has nothing.
 */

// Optional, or a field that is left out would be missed.
const anything = z.unknown().optional();

/** The rest of a longer one is left out: an order holds what it is told of a hundred numbers. */
const TEXT_CHARACTERS = 256;

/** A number is its digits: ids are opaque. */
export const text = anything.transform((value) => {
  if (typeof value === 'string' && value !== '') return value.slice(0, TEXT_CHARACTERS).toWellFormed();
  return typeof value === 'number' ? String(value) : undefined;
});

export const number = text.transform((value) => {
  const read = Number(value ?? NaN);
  return Number.isFinite(read) ? read : undefined;
});

export const time = anything.transform(readTime);

/** In JSON, where a character can take six. */
const PHONE_NUMBER_BYTES = 64;

/** E.164, or whatever Sinch has in its place, unless it is longer than any. Digits alone have lost their plus. */
export const phoneNumber = text
  .transform((value) => value?.trim() ?? '')
  .refine((value) => value !== '' && Buffer.byteLength(JSON.stringify(value)) <= PHONE_NUMBER_BYTES)
  .transform((value) => (/^\d{7,15}$/.test(value) ? `+${value}` : value));

/** The entries that can be read; none when it is no list. */
export function list<T>(entry: z.ZodType<T>) {
  return anything.transform((value): Exclude<T, undefined>[] =>
    (Array.isArray(value) ? value : []).flatMap((each) => {
      const { data } = entry.safeParse(each);
      return data === undefined ? [] : [data as Exclude<T, undefined>];
    }),
  );
}

/** Something with fields, or nothing. */
export function piece<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined);
}

const decimal = text.transform((value) => (value !== undefined && /^-?\d+(\.\d+)?$/.test(value) ? value : undefined));

export const money = piece(
  z
    .object({ currencyCode: text, amount: decimal })
    .transform(({ currencyCode, amount }) =>
      currencyCode === undefined || amount === undefined ? undefined : { currencyCode, amount },
    ),
);
