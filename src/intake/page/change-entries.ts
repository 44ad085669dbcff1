import type { Form } from '@number-orders/contract';
import { entriesOf, type RegistrationData } from './data';
import { MOST_ENTRIES } from './read-posted';

/** The buttons that add an object to a section that repeats, and remove one. */
export const addingTo = (section: number): string => `add.${section}`;
export const removing = (section: number, entry: number): string => `remove.${section}.${entry}`;

/** The form after one of these buttons; undefined: another button was pressed. The last object stays, empty. */
export function changeEntries(
  { sections }: Form,
  data: RegistrationData,
  button: string,
): RegistrationData | undefined {
  const [, change, section, entry] = /^(add|remove)\.(\d{1,4})(?:\.(\d{1,4}))?$/.exec(button) ?? [];
  const index = Number(section);
  if (!change || !sections.some((each) => each.index === index && each.repeats)) return undefined;
  const entries = entriesOf(data, index);
  if (change === 'remove') return data.with(index, entries.toSpliced(Number(entry), 1));
  return entries.length < MOST_ENTRIES ? data.with(index, [...entries, {}]) : data;
}
