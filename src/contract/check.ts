import type { Violation } from './messages';

/**
 * Says what is wrong with a value. Written by hand because it also runs inside the workflow, where a schema library
 * would cost memory in every cached order. Descriptions never repeat the value: it may be personal data.
 */
export type Check = (value: unknown, field: string) => Violation[];

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const wrong = (field: string, description: string): Violation[] => [{ field, description }];

export const text =
  (pattern: RegExp, remedy: string): Check =>
  (value, field) =>
    typeof value === 'string' && pattern.test(value) ? [] : wrong(field, remedy);

export const textUpTo = (length: number): Check => {
  return (value, field) =>
    typeof value === 'string' && value.length > 0 && value.length <= length
      ? []
      : wrong(field, `must be a text of 1 to ${length} characters`);
};

export const oneOf =
  (allowed: readonly string[]): Check =>
  (value, field) =>
    typeof value === 'string' && allowed.includes(value) ? [] : wrong(field, `must be one of ${allowed.join(', ')}`);

export const integer =
  (min: number, max: number): Check =>
  (value, field) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? []
      : wrong(field, `must be a whole number from ${min} to ${max}`);

export const flag: Check = (value, field) => (typeof value === 'boolean' ? [] : wrong(field, 'must be true or false'));

export const list =
  (item: Check, max: number): Check =>
  (value, field) => {
    if (!Array.isArray(value)) return wrong(field, 'must be a list');
    if (value.length > max) return wrong(field, `must have at most ${max} entries`);
    return value.flatMap((entry, index) => item(entry, `${field}[${index}]`));
  };

interface Fields {
  required?: Record<string, Check>;
  optional?: Record<string, Check>;
  /** A misspelt option in a request would silently change the order; in a message nothing may be lost by an extra field. */
  unknownFields?: 'refuse' | 'ignore';
}

export const object =
  ({ required = {}, optional = {}, unknownFields = 'refuse' }: Fields): Check =>
  (value, field) => {
    if (!isObject(value)) return wrong(field || 'argument', 'must be an object');
    const at = (name: string) => (field ? `${field}.${name}` : name);
    const problems: Violation[] = [];
    for (const [name, check] of Object.entries(required)) {
      problems.push(...(value[name] === undefined ? wrong(at(name), 'is missing') : check(value[name], at(name))));
    }
    for (const [name, check] of Object.entries(optional)) {
      if (value[name] !== undefined) problems.push(...check(value[name], at(name)));
    }
    if (unknownFields === 'refuse') {
      const known = [...Object.keys(required), ...Object.keys(optional)];
      for (const name of Object.keys(value).filter((name) => !known.includes(name))) {
        problems.push(...wrong(at(name), `is not known here; known are ${known.join(', ')}`));
      }
    }
    return problems;
  };

/** Exactly one of several fields, each with its own check. */
export const exactlyOneOf =
  (alternatives: Record<string, Check>): Check =>
  (value, field) => {
    const names = Object.keys(alternatives);
    const given = isObject(value) ? names.filter((name) => value[name] !== undefined) : [];
    const [name] = given;
    if (given.length !== 1 || name === undefined)
      return wrong(field || 'argument', `must have exactly one of ${names.join(', ')}`);
    return alternatives[name]?.((value as Record<string, unknown>)[name], field ? `${field}.${name}` : name) ?? [];
  };

/** Several checks of one value. */
export const all =
  (...checks: Check[]): Check =>
  (value, field) =>
    checks.flatMap((check) => check(value, field));
