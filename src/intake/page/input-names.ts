/**
 * How the inputs of a form are named: `<entry of data>.<object in it>.<field>`. The field stands last, for its name may
 * hold dots.
 */
export function inputName(section: number, entry: number, field: string): string {
  return `${section}.${entry}.${unbroken(field)}`;
}

/** The number of the object in a section that an input belongs to; undefined: it is of another section. */
export function entryIn(section: number, name: string): number | undefined {
  const [, index, entry] = /^(\d{1,4})\.(\d{1,4})\./.exec(name) ?? [];
  return Number(index) === section ? Number(entry) : undefined;
}

/** A browser would send one kind of line break for every other. */
function unbroken(name: string): string {
  return name.replace(/[\r\n]+/g, ' ');
}

/** What the page fills in for the ordered number; it may have become another one by the time the form is sent. */
export const ORDERED_NUMBER_INPUT = 'orderedNumber';
