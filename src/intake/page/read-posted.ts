import { type Choice, type Form, type FormField, type FormSection, ORDERED_NUMBER } from '@number-orders/contract';
import type { Answers, RegistrationData, Value } from './data';
import { entryIn, inputName, ORDERED_NUMBER_INPUT } from './input-names';

/** Sinch's sibling API takes up to 50 senders. A form with more was not made by the page. */
export const MOST_ENTRIES = 50;

/** The values of each input, in order, without files. */
export type Posted = ReadonlyMap<string, readonly string[]>;

export function postedOf(pairs: Iterable<readonly [name: string, value: string]>): Posted {
  const posted = new Map<string, string[]>();
  for (const [name, value] of pairs) posted.set(name, [...(posted.get(name) ?? []), value]);
  return posted;
}

/**
 * Reads a posted form back into `registration.data`, with the types of the form. A value of another type stays a text, so that
 * the page can show it again and Sinch can check it. Unknown inputs are ignored. Repeating sections keep their empty objects: see
 * {@link withoutEmptyEntries}.
 */
export function readPosted({ sections }: Form, posted: Posted): RegistrationData {
  const [orderedNumber] = posted.get(ORDERED_NUMBER_INPUT) ?? [];
  const length = Math.max(-1, ...sections.map(({ index }) => index)) + 1;
  const data: RegistrationData = Array.from({ length }, () => ({}));
  for (const section of sections) {
    const entries = entriesPosted(section, posted).map((entry) =>
      readAnswers(section, ({ name }) => posted.get(inputName(section.index, entry, name)) ?? [], orderedNumber),
    );
    data[section.index] = section.repeats ? entries : (entries[0] ?? {});
  }
  return data;
}

/** The data to send: an added object that was left empty is dropped, if another one is filled in. */
export function withoutEmptyEntries(data: RegistrationData): RegistrationData {
  return data.map((entry) => {
    if (!Array.isArray(entry)) return entry;
    const filledIn = entry.filter((answers) => Object.keys(answers).length > 0);
    return filledIn.length > 0 ? filledIn : [{}];
  });
}

function entriesPosted({ index, repeats }: FormSection, posted: Posted): number[] {
  if (!repeats) return [0];
  const entries = new Set([...posted.keys()].flatMap((name) => entryIn(index, name) ?? []));
  return [...entries].sort((one, other) => one - other).slice(0, MOST_ENTRIES);
}

function readAnswers(
  { fields }: FormSection,
  textsOf: (field: FormField) => readonly string[],
  orderedNumber: string | undefined,
): Answers {
  const answers: Answers = {};
  for (const field of fields) {
    const texts = textsOf(field).map(withPlainBreaks);
    const isOrderedNumber = orderedNumber !== undefined && texts[0] === orderedNumber.trim();
    const value = isOrderedNumber ? ORDERED_NUMBER : valueOf(field, texts);
    if (value !== undefined) answers[field.name] = value;
  }
  return answers;
}

function valueOf({ type, choices = [] }: FormField, texts: readonly string[]): Value | undefined {
  const given = texts.filter((text) => text !== '');
  if (type === 'array') {
    const listed = choices.length > 0 ? given : given.flatMap((text) => text.split('\n').map((line) => line.trim()));
    const values = listed.filter((text) => text !== '').map((text) => chosen(choices, text));
    return values.length > 0 ? values : undefined;
  }
  const [text] = given;
  if (text === undefined) return undefined;
  if (choices.length > 0) return chosen(choices, text);
  if (type === 'boolean') return text === 'true' || (text === 'false' ? false : text);
  return type === 'string' ? text : asNumber(text);
}

function chosen(choices: readonly Choice[], text: string): Choice {
  return choices.find((choice) => String(choice) === text) ?? text;
}

/** A text that is not the usual form of a number, such as `007`, is kept as it is. */
function asNumber(text: string): number | string {
  const number = Number(text);
  return String(number) === text && Number.isFinite(number) ? number : text;
}

function withPlainBreaks(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').trim();
}
