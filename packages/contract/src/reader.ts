import { bytesOf, bytesOfText, clip, isDeeperThan } from './bytes';
import type { Violation } from './messages';

/** The value to keep, or its violations. */
export type Read<T> = { value: T; violations?: undefined } | { value?: undefined; violations: Violation[] };

/**
 * Reads a sender's message: returns the value to keep, with only the known fields, or its violations. Written by hand because it
 * also runs inside the workflow, where a schema library would cost memory in every cached order. Descriptions never repeat the
 * value: it may be personal data.
 */
export type Reader<T> = (value: unknown, field: string) => Read<T>;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const wrong = (field: string, description: string) => ({ violations: [{ field, description }] });

/** Other languages send null for a field that is left out. */
const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

interface Text {
  /** See {@link bytesOfText}. */
  bytes: number;
  /** The required form, and its description. */
  like?: RegExp;
  remedy?: string;
}

/** A text that is not empty, made well-formed. */
export const text =
  ({ bytes, like = /^/, remedy = `must be a text of 1 to ${bytes} bytes` }: Text): Reader<string> =>
  (value, field) => {
    if (typeof value !== 'string' || value === '' || !like.test(value)) return wrong(field, remedy);
    return value.length <= bytes && bytesOfText(value) <= bytes
      ? { value: value.toWellFormed() }
      : wrong(field, `must be at most ${bytes} bytes`);
  };

export const oneOf =
  <const T extends string>(allowed: readonly T[]): Reader<T> =>
  (value, field) => {
    const known = allowed.find((each) => each === value);
    return known === undefined ? wrong(field, `must be one of ${allowed.join(', ')}`) : { value: known };
  };

export const integer =
  (min: number, max: number): Reader<number> =>
  (value, field) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
      ? { value }
      : wrong(field, `must be a whole number from ${min} to ${max}`);

export const flag: Reader<boolean> = (value, field) =>
  typeof value === 'boolean' ? { value } : wrong(field, 'must be true or false');

export const list =
  <T>(item: Reader<T>, max: number): Reader<T[]> =>
  (value, field) => {
    if (!Array.isArray(value)) return wrong(field, 'must be a list');
    if (value.length > max) return wrong(field, `must have at most ${max} entries`);
    const entries = value.map((entry, index) => item(entry, `${field}[${index}]`));
    const violations = entries.flatMap((entry) => entry.violations ?? []);
    return violations.length > 0 ? { violations } : { value: entries.flatMap((e) => (e.violations ? [] : [e.value])) };
  };

/** For an optional field that decides nothing: an unreadable value counts as left out. */
export const ifReadable =
  <T>(reader: Reader<T>): Reader<T> =>
  (value, field) => {
    const read = reader(value, field);
    return read.violations ? { value: undefined as T } : read;
  };

/** Any JSON that is not empty, kept unchanged: its reader checks the content. */
export const anything: Reader<unknown> = (value, field) =>
  value === '' ? wrong(field, 'must not be empty') : { value };

export const anObject: Reader<Record<string, unknown>> = (value, field) =>
  isObject(value) && Object.keys(value).length > 0 ? { value } : wrong(field, 'must be an object with fields');

/** Limits a value that is kept unchanged. The depth is checked first, so that no code recurses too deep. */
export const within =
  <T>({ bytes, depth, remedy }: { bytes: number; depth: number; remedy: string }, reader: Reader<T>): Reader<T> =>
  (value, field) => {
    const read = reader(value, field);
    if (read.violations) return read;
    const at = field || 'argument';
    if (isDeeperThan(depth, read.value)) return wrong(at, `must not be nested deeper than ${depth}`);
    return bytesOf(read.value) <= bytes ? read : wrong(at, `must be at most ${bytes} bytes of JSON; ${remedy}`);
  };

type Readers<T> = { [Name in keyof T]-?: Reader<T[Name]> };

/**
 * A misspelt option in a request would silently change the order, so it is refused. A message with an extra field must not be
 * lost.
 */
interface UnknownFields {
  unknownFields?: 'refuse' | 'drop';
}

interface Fields<Required, Optional> extends UnknownFields {
  required?: Readers<Required>;
  optional?: Readers<Optional>;
}

export const object =
  <Required extends object = object, Optional extends object = object>({
    required,
    optional,
    unknownFields = 'drop',
  }: Fields<Required, Optional>): Reader<Required & Partial<Optional>> =>
  (value, field) => {
    if (!isObject(value)) return wrong(field || 'argument', 'must be an object');
    const readers: Record<string, Reader<unknown>> = { ...required, ...optional };
    const kept: Record<string, unknown> = {};
    const violations: Violation[] = [];
    for (const [name, reader] of Object.entries(readers)) {
      const at = pathTo(field, name);
      if (isAbsent(value[name])) {
        if (required && name in required) violations.push({ field: at, description: 'is missing' });
        continue;
      }
      const read = reader(value[name], at);
      if (read.violations) violations.push(...read.violations);
      else if (read.value !== undefined) kept[name] = read.value;
    }
    if (unknownFields === 'refuse') violations.push(...unknownIn(value, field, Object.keys(readers)));
    return violations.length > 0 ? { violations } : { value: kept as Required & Partial<Optional> };
  };

/** The most that are reported: thousands come from one mistake. */
const UNKNOWN_TOLD = 20;
const UNKNOWN_NAME_BYTES = 200;

/** The only sender's text that a violation repeats: without it the mistake could not be found. */
function unknownIn(value: Record<string, unknown>, field: string, known: string[]): Violation[] {
  return Object.keys(value)
    .filter((name) => !known.includes(name) && !isAbsent(value[name]))
    .slice(0, UNKNOWN_TOLD)
    .map((name) => ({
      field: pathTo(field, clip(name, UNKNOWN_NAME_BYTES)),
      description: `is unknown; known are ${known.join(', ')}`,
    }));
}

const pathTo = (field: string, name: string) => (field ? `${field}.${name}` : name);

type OneOf<T> = { [Name in keyof T]: Pick<T, Name> }[keyof T];

/** Exactly one of several fields, each with its own reader. */
export const exactlyOneOf = <T extends object>(
  alternatives: Readers<T>,
  unknownFields: UnknownFields = {},
): Reader<OneOf<T>> => {
  const names = Object.keys(alternatives);
  const fields = object({ optional: alternatives, ...unknownFields });
  return (value, field) => {
    const given = isObject(value) ? names.filter((name) => !isAbsent(value[name])) : [];
    return given.length === 1
      ? (fields(value, field) as Read<OneOf<T>>)
      : wrong(field || 'argument', `must have exactly one of ${names.join(', ')}`);
  };
};
