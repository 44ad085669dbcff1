import { z } from 'zod';
import { readTime } from './time';

/**
 * Parts of an answer that decide nothing. Reading them never fails: unreadable ones are left out, as are null and an empty text,
 * which Sinch sends for missing values.
 */

// Optional: otherwise a missing field would be an error.
const anything = z.unknown().optional();

/** Longer texts are cut: an order holds those of a hundred numbers. */
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

/** Bytes in JSON, where a character can take six. */
const PHONE_NUMBER_BYTES = 64;

/** E.164, or Sinch's own form, unless it is too long for a number. Bare digits get their plus back. */
export const phoneNumber = text
  .transform((value) => value?.trim() ?? '')
  .refine((value) => value !== '' && Buffer.byteLength(JSON.stringify(value)) <= PHONE_NUMBER_BYTES)
  .transform((value) => (/^\d{7,15}$/.test(value) ? `+${value}` : value));

/** The readable entries; none if it is not a list. */
export function list<T>(entry: z.ZodType<T>) {
  return anything.transform((value): Exclude<T, undefined>[] =>
    (Array.isArray(value) ? value : []).flatMap((each) => {
      const { data } = entry.safeParse(each);
      return data === undefined ? [] : [data as Exclude<T, undefined>];
    }),
  );
}

/** An object, or undefined. */
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
