import { ORDER_BYTES } from './budget';
import { clip, firstWithin } from './bytes';
import { formOf, type FormField } from './form';
import type { Violation } from './messages';
import type { ViewRequirements } from './view';

/** A requirement, with its id for programs and its title for people. */
export interface Titled {
  /** `registration`, or the id of an attachment, which may be opaque. */
  id: string;
  /** Sinch's title on one line; the id if there is none. */
  title: string;
}

type Requirements = ViewRequirements | null | undefined;

const TITLE_BYTES = 200;
const HINT_BYTES = 500;

/** A requirement with its title from the looked-up requirements. */
export function titled(requirements: Requirements, id: string): Titled {
  if (id === 'registration') return { id, title: 'Registration' };
  const stated = requirements?.attachments.find((attachment) => attachment.id === id)?.title ?? '';
  return { id, title: onOneLine(stated, TITLE_BYTES) || id };
}

/** Its name for people: the title, and the id to type. */
export function titleAndId({ id, title }: Titled): string {
  return id === 'registration' || title === id ? id : `${title} (${id})`;
}

/** The requirements' texts for a violation: the field's title, and Sinch's own message for a wrong value. */
export function withTitles(requirements: Requirements, violations: readonly Violation[]): Violation[] {
  if (!requirements || violations.length === 0) return [...violations];
  const { sections } = formOf(requirements);
  const told = violations.map((violation) => {
    const parts = partsOf(violation.field);
    const document = requirements.attachments.find(({ id }) => parts.includes(id));
    if (document) return { ...violation, title: titled(requirements, document.id).title };
    const name = parts.at(-1);
    const index = parts.find((part) => /^\d+$/.test(part));
    const fields = sections.flatMap((section) =>
      section.fields.filter((field) => field.name === name).map((field) => ({ section: section.index, field })),
    );
    // Sinch does not document how it names a place in a registration.
    const found =
      fields.find(({ section }) => String(section) === index) ?? (fields.length === 1 ? fields[0] : undefined);
    return found ? { ...violation, ...aboutField(found.field, violation) } : violation;
  });
  return firstWithin(ORDER_BYTES.violations, told);
}

/** The last name of a path such as `requestDetails.data[1].postalCode`. */
function partsOf(path: string): string[] {
  return path.split(/[.[\]/]+/).filter((part) => part !== '');
}

function aboutField({ title, description, examples = [], messages = {} }: FormField, { description: said }: Violation) {
  const words = [...new Set(Object.values(messages))];
  const explained = words.includes(said) ? [] : words.length > 0 || description === undefined ? words : [description];
  const example = examples[0] === undefined ? [] : [`For example: ${examples[0]}`];
  const hint = onOneLine([...explained, ...example].join(' '), HINT_BYTES);
  return { title: onOneLine(title, TITLE_BYTES), ...(hint !== '' && { hint }) };
}

function onOneLine(text: string, bytes: number): string {
  return clip(text.replace(/[\p{Cc}\s]+/gu, ' ').trim(), bytes);
}
