import { ORDERED_NUMBER, type FormField } from '@number-orders/contract';
import type { PatternMatcher } from './pattern-matcher';

const A_NUMBER = '+10000000000';

/** Longer lists of choices are not spelled out in a message. */
const CHOICES_NAMED = 30;

/**
 * The fault of a value by its field's constraints; undefined: none. In Sinch's own words, if it has any. The description never
 * repeats the value.
 */
export function describeFault(field: FormField, value: unknown, patterns: PatternMatcher): string | undefined {
  // Forms send an empty text for a field that was left out.
  if (value === undefined || value === null || value === '') return field.required ? 'is missing' : undefined;
  const isReserved = typeof value === 'string' && value.includes(ORDERED_NUMBER);
  // The number is not known yet, but it will be valid.
  const fault = isReserved
    ? (typeFault(field, A_NUMBER) ?? choiceFault(field, value))
    : (typeFault(field, value) ?? choiceFault(field, value) ?? textFault(field, value, patterns));
  if (!fault) return undefined;
  return field.messages?.[fault.keyword] ?? field.messages?.default ?? fault.description;
}

interface Fault {
  keyword: string;
  description: string;
}

const TYPES: Record<FormField['type'], { fits: (value: unknown) => boolean; name: string }> = {
  // Also for a field without a type: one of several choices may be sent as a list.
  string: { fits: (value) => typeof value !== 'object' || Array.isArray(value), name: 'a text' },
  // A text that reads as a number counts as one: forms have only texts.
  number: { fits: (value) => isScalar(value) && Number.isFinite(Number(value)), name: 'a number' },
  integer: { fits: (value) => isScalar(value) && Number.isInteger(Number(value)), name: 'a whole number' },
  boolean: { fits: (value) => typeof value === 'boolean', name: 'true or false' },
  array: { fits: (value) => Array.isArray(value), name: 'a list' },
};

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function typeFault({ type }: FormField, value: unknown): Fault | undefined {
  const { fits, name } = TYPES[type];
  return fits(value) ? undefined : { keyword: 'type', description: `must be ${name}` };
}

function choiceFault({ choices = [] }: FormField, value: unknown): Fault | undefined {
  const given = Array.isArray(value) ? value : [value];
  const known = new Set(choices.map(String));
  if (choices.length === 0 || given.every((each) => known.has(String(each)))) return undefined;
  const description =
    choices.length > CHOICES_NAMED
      ? `must be one of the ${choices.length} choices that the requirements list`
      : `must be ${choices.length > 1 ? 'one of ' : ''}${choices.join(', ')}`;
  return { keyword: 'enum', description };
}

function textFault(field: FormField, value: unknown, patterns: PatternMatcher): Fault | undefined {
  if (typeof value !== 'string') return undefined;
  const { minLength, maxLength, pattern, examples } = field;
  const { most, least } = lengthsOf(value);
  if (minLength !== undefined && most < minLength)
    return { keyword: 'minLength', description: `must have at least ${characters(minLength)}` };
  if (maxLength !== undefined && least > maxLength)
    return { keyword: 'maxLength', description: `must have at most ${characters(maxLength)}` };
  if (pattern === undefined || patterns.mayMatch(pattern, value)) return undefined;
  const form = examples ? `must have the form of ${examples[0]}` : `must match the pattern ${pattern}`;
  return { keyword: 'pattern', description: form };
}

export function characters(count: number): string {
  return count === 1 ? '1 character' : `${count} characters`;
}

/** Sinch does not document how it counts characters: UTF-16 units, code points, or graphemes. */
function lengthsOf(value: string): { least: number; most: number } {
  const counts = [value.length, Array.from(value).length, Array.from(value.normalize('NFC')).length];
  return { least: Math.min(...counts), most: Math.max(...counts) };
}
