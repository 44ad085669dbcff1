import type { FormField, FormSection } from './form';
import { readField } from './read-field';
import { isObject, textIn } from './read-value';

/** Sinch's real forms have three sections and some twenty fields, a few thousand characters in all. */
const MOST_SECTIONS = 50;
const MOST_FIELDS = 500;
const MOST_CHARACTERS = 256 * 1024;

/** The field of the ordered number: its section has one object for each number, in a list even for one. */
export const ORDERED_NUMBER_FIELD = 'senderId';

/** The sections of a form, from `fields` of looked-up requirements. */
export function sectionsIn(fields: Record<string, unknown>): FormSection[] {
  const room = { fields: MOST_FIELDS, characters: MOST_CHARACTERS };
  return rulesIn(fields)
    .slice(0, MOST_SECTIONS)
    .flatMap((rule, index) => {
      const section = sectionOf(rule, index, room);
      return section.fields.length > 0 ? [section] : [];
    });
}

interface Room {
  fields: number;
  characters: number;
}

/** As many of the fields as fit. */
function fitting(fields: Iterable<FormField>, room: Room): FormField[] {
  const kept: FormField[] = [];
  for (const field of fields) {
    room.fields--;
    room.characters -= JSON.stringify(field).length;
    if (room.fields < 0 || room.characters < 0) break;
    kept.push(field);
  }
  return kept;
}

/** A list of rules, or an object of them by name, like the three templates of the sibling API. */
function rulesIn({ rules }: Record<string, unknown>): unknown[] {
  if (Array.isArray(rules)) return rules;
  return isObject(rules) ? Object.values(rules) : [];
}

function sectionOf(rule: unknown, index: number, room: Room): FormSection {
  const isList = isObject(rule) && rule.template !== undefined;
  const outer = isList ? rule.template : rule;
  // A JSON Schema of a list describes each of its objects.
  const repeated = isObject(outer) && outer.type === 'array' && isObject(outer.items);
  const template = repeated ? outer.items : outer;
  const fields = fitting(fieldsOf(template), room);
  const [title, description] = [textOf('title', template, rule), textOf('description', template, rule)];
  return {
    index,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    repeats: repeated || fields.some(({ name }) => name === ORDERED_NUMBER_FIELD),
    fields,
  };
}

/** The fields of a template, in any known or likely form, the best documented first. */
function* fieldsOf(template: unknown): Generator<FormField> {
  const seen = new Set<string>();
  for (const [name, entry, required] of entriesOf(template)) {
    const field = readField(name, entry, required);
    if (!field || seen.has(field.name)) continue;
    seen.add(field.name);
    yield field;
  }
}

function entriesOf(template: unknown): (readonly [name: unknown, entry: unknown, requiredBySchema: boolean])[] {
  const stated = isObject(template) ? template.properties : template;
  if (Array.isArray(stated)) return stated.map((entry) => [isObject(entry) ? entry.name : undefined, entry, false]);
  if (!isObject(template)) return [];
  const isSchema = isObject(stated);
  const required = isSchema && Array.isArray(template.required) ? new Set(template.required) : new Set();
  return Object.entries(isSchema ? stated : template).map(([name, entry]) => [name, entry, required.has(name)]);
}

function textOf(name: string, ...places: unknown[]): string | undefined {
  return places.map((place) => (isObject(place) ? textIn(place[name]) : undefined)).find((text) => text !== undefined);
}
