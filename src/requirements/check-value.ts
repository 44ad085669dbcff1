import type { PatternMatcher } from './pattern-matcher';

/** Longer lists of choices are not spelled out in a message. */
const CHOICES_NAMED = 30;

const TYPES: Record<string, { fits: (value: unknown) => boolean; name: string }> = {
  string: { fits: (value) => typeof value === 'string', name: 'a text' },
  number: { fits: (value) => typeof value === 'number', name: 'a number' },
  integer: { fits: (value) => Number.isInteger(value), name: 'a whole number' },
  boolean: { fits: (value) => typeof value === 'boolean', name: 'true or false' },
  array: { fits: (value) => Array.isArray(value), name: 'a list' },
};

/**
 * What is wrong with a value by what a template's entry states of it; undefined: nothing. Whatever the entry states
 * otherwise, or in a form we do not know, is passed over. The description never repeats the value.
 */
export function describeFault(
  entry: Record<string, unknown>,
  value: unknown,
  patterns: PatternMatcher,
): string | undefined {
  // Forms send an empty text for a field that was left out.
  if (value === undefined || value === null || value === '') return entry.required === true ? 'is missing' : undefined;
  return (
    typeFault(entry.type, value) ??
    choiceFault(entry.enum ?? entry.options, value) ??
    (typeof value === 'string' ? textFault(entry, value, patterns) : undefined)
  );
}

function typeFault(type: unknown, value: unknown): string | undefined {
  const known = typeof type === 'string' && Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  return known && !known.fits(value) ? `must be ${known.name}` : undefined;
}

function choiceFault(stated: unknown, value: unknown): string | undefined {
  const choices = Array.isArray(stated) ? stated.map(choiceOf) : [];
  const comparable = choices.every(isPlain) && isPlain(value);
  if (choices.length === 0 || !comparable || choices.includes(value)) return undefined;
  return choices.length > CHOICES_NAMED
    ? `must be one of the ${choices.length} choices the requirements list`
    : `must be one of ${choices.join(', ')}`;
}

/** A choice is a value, or an object such as `{ value, label }`. */
function choiceOf(choice: unknown): unknown {
  return typeof choice === 'object' && choice !== null && 'value' in choice ? choice.value : choice;
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function textFault(entry: Record<string, unknown>, value: string, patterns: PatternMatcher): string | undefined {
  const { minLength, maxLength, pattern } = entry;
  if (typeof minLength === 'number' && value.length < minLength) return `must have at least ${minLength} characters`;
  if (typeof maxLength === 'number' && value.length > maxLength) return `must have at most ${maxLength} characters`;
  if (typeof pattern === 'string' && !patterns.mayMatch(pattern, value)) return `must match the pattern ${pattern}`;
  return undefined;
}
