import { RE2JS } from 're2js';

import type { FieldViolation } from './errors';
import { rulesOf } from './requirements';
import { fieldsOf, isRecord, type TemplateField } from './templates';
import type { NumberRequirements } from './types';

const DATA = 'requestDetails.data';

/**
 * Every fault of the registration. Never repeats a value: it is personal data.
 *
 * What Sinch documents nowhere is taken leniently. An entry of `data` is an object or a list of objects. It answers the
 * rule at its own place, or any other rule whose fields it names; entries that no rule needs are no fault.
 */
export function checkRegistration(
  requirements: NumberRequirements | undefined,
  requestDetails: Record<string, unknown>,
): FieldViolation[] {
  const templates = rulesOf(requirements).map((rule) => (isRecord(rule) ? fieldsOf(rule.template) : []));
  if (templates.every((fields) => fields.length === 0)) return [];
  const { data } = requestDetails;
  if (!Array.isArray(data)) return [{ field: DATA, description: 'must be a list' }];

  const places = templates.map((fields, index) => placeOf(fields, index, data));
  const spare = data.filter((_, index) => !places.includes(index)).flatMap(objectsIn);
  return templates.flatMap((fields, index) => {
    const place = places[index] ?? index;
    return checkEntry(fields, data[place], `${DATA}[${place}]`, spare);
  });
}

/** Where the template is answered: at its own place, else where its fields are. */
function placeOf(fields: TemplateField[], index: number, data: unknown[]): number {
  const answers = (entry: unknown): boolean =>
    objectsIn(entry).some((object) => fields.some(({ name }) => Object.hasOwn(object, name)));
  if (answers(data[index])) return index;
  const elsewhere = data.findIndex(answers);
  return elsewhere < 0 ? index : elsewhere;
}

function objectsIn(entry: unknown): Record<string, unknown>[] {
  return (Array.isArray(entry) ? entry : [entry]).filter(isRecord);
}

/** @param spare objects that answer no template: a field that is missing in the entry may stand in one of them. */
function checkEntry(
  fields: TemplateField[],
  entry: unknown,
  path: string,
  spare: Record<string, unknown>[],
): FieldViolation[] {
  if (fields.length === 0) return [];
  if (!Array.isArray(entry)) return checkObject(fields, entry, path, spare);
  if (entry.length === 0) return [{ field: path, description: 'must not be empty' }];
  return entry.flatMap((object, index) => checkObject(fields, object, `${path}[${index}]`, spare));
}

function checkObject(
  fields: TemplateField[],
  object: unknown,
  path: string,
  spare: Record<string, unknown>[],
): FieldViolation[] {
  if (object !== undefined && !isRecord(object)) return [{ field: path, description: 'must be an object' }];
  return fields.flatMap((field) => {
    const holder = [object ?? {}, ...spare].find((candidate) => Object.hasOwn(candidate, field.name));
    const description = fault(field, holder?.[field.name]);
    return description === undefined ? [] : [{ field: `${path}.${field.name}`, description }];
  });
}

function fault({ required, rules }: TemplateField, value: unknown): string | undefined {
  const { type, enum: choices } = rules;
  const offersNothing = Array.isArray(choices) && choices.includes(null);
  if (value === null && offersNothing) return undefined;
  if (value === undefined || value === null || value === '') return required ? 'is required' : undefined;
  if (typeof type === 'string' && !isOfType(type, value)) return `must be a ${type}`;
  if (Array.isArray(choices) && !choices.includes(value)) {
    return `must be one of ${choices.filter((choice) => choice !== null).join(', ')}`;
  }
  return typeof value === 'string' ? textFault(rules, value) : undefined;
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return !['string', 'number', 'boolean'].includes(type) || typeof value === type;
}

function textFault({ minLength, maxLength, pattern }: Record<string, unknown>, value: string): string | undefined {
  // Characters, as JSON Schema counts them, are not the UTF-16 units of JavaScript.
  const length = Array.from(value).length;
  if (typeof minLength === 'number' && length < minLength) return `must have at least ${minLength} characters`;
  if (typeof maxLength === 'number' && length > maxLength) return `must have at most ${maxLength} characters`;
  if (typeof pattern === 'string' && !matches(pattern, value)) return `must match ${pattern}`;
  return undefined;
}

/** In linear time, since tests set catastrophic patterns; one that cannot be read matches anything. */
function matches(pattern: string, value: string): boolean {
  try {
    return RE2JS.compile(pattern).matcher(value).find();
  } catch {
    return true;
  }
}
