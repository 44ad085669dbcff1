import type { Choice, FormField } from './form';
import { readablePattern } from './pattern';
import { isObject, lengthIn, textIn } from './read-value';

const NAME_CHARACTERS = 200;
const MOST_CHOICES = 500;
const CHOICE_CHARACTERS = 500;
const MOST_EXAMPLES = 10;
const MOST_MESSAGES = 20;

const TYPES = ['string', 'number', 'integer', 'boolean', 'array'] as const;
type FieldType = FormField['type'];

/** @returns undefined if it is not a field */
export function readField(name: unknown, entry: unknown, requiredBySchema: boolean): FormField | undefined {
  // Neither forms nor validators can have a field named `__proto__`.
  if (typeof name !== 'string' || name === '' || name.length > NAME_CHARACTERS || name === '__proto__')
    return undefined;
  if (!isObject(entry)) return undefined;
  const stated = choicesOf(entry.enum ?? entry.options);
  const type = typeOf(entry.type, stated);
  // `[null, true]`: may be left empty, but false is not allowed.
  const choices = type === 'boolean' && stated.length > 1 ? [] : stated;
  const title = textIn(entry.title);
  const description = textIn(entry.description);
  const [minLength, maxLength] = [lengthIn(entry.minLength), lengthIn(entry.maxLength)];
  const pattern = readablePattern(entry.pattern);
  const examples = textsIn(entry.examples).slice(0, MOST_EXAMPLES);
  const placeholder = textIn(entry['x-placeholder'] ?? entry.placeholder);
  const messages = messagesIn(entry.message, entry.messages);
  return {
    name: name.toWellFormed(),
    title: title ?? inWords(name),
    ...(description !== undefined && { description }),
    type,
    required: entry.required === true || requiredBySchema,
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern !== undefined && { pattern }),
    ...(choices.length > 0 && { choices }),
    ...(examples.length > 0 && { examples }),
    ...(placeholder !== undefined && { placeholder }),
    ...(messages && { messages }),
  };
}

function typeOf(stated: unknown, choices: Choice[]): FieldType {
  const names: unknown[] = Array.isArray(stated) ? stated : [stated];
  const known = TYPES.find((type) => names.includes(type));
  if (known) return known;
  if (choices.length > 0 && choices.every((choice) => typeof choice === 'boolean')) return 'boolean';
  return choices.length > 0 && choices.every((choice) => typeof choice === 'number') ? 'number' : 'string';
}

/** Plain values, or objects such as `{ value, label }`. A list with anything else is ignored. */
function choicesOf(stated: unknown): Choice[] {
  if (!Array.isArray(stated) || stated.length > MOST_CHOICES) return [];
  const values = stated
    .map((choice: unknown) => (isObject(choice) ? choice.value : choice))
    // May be left empty: `required` says whether.
    .filter((value) => value !== null && value !== '');
  return values.every(isChoice) ? [...new Set(values)] : [];
}

function isChoice(value: unknown): value is Choice {
  if (typeof value === 'string') return value.length <= CHOICE_CHARACTERS && value.isWellFormed();
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

function textsIn(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value.slice(0, MOST_EXAMPLES) : [value];
  return values.flatMap((each) => textIn(typeof each === 'number' ? String(each) : each) ?? []);
}

/** The older and the newer name of the same field; a plain text is the message for any mistake. */
function messagesIn(...stated: unknown[]): Record<string, string> | undefined {
  const messages = stated.flatMap((texts): [string, string][] => {
    const byKeyword = typeof texts === 'string' ? { default: texts } : texts;
    if (!isObject(byKeyword)) return [];
    return Object.entries(byKeyword)
      .slice(0, MOST_MESSAGES)
      .flatMap(([keyword, text]): [string, string][] => {
        const words = textIn(text);
        return words === undefined || keyword === '__proto__' ? [] : [[keyword, words]];
      });
  });
  return messages.length > 0 ? Object.fromEntries(messages) : undefined;
}

/** `purposeOfTheTraffic`: "Purpose of the traffic". */
function inWords(name: string): string {
  const words = name
    .toWellFormed()
    .replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .replace(/[_.-]+/g, ' ')
    .toLowerCase()
    .trim();
  return words === '' ? name.toWellFormed() : words.charAt(0).toUpperCase() + words.slice(1);
}
