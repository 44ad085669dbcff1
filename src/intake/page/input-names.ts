/** The names of a form's inputs: `<entry of data>.<object in it>.<field>`. The field comes last, as its name may contain dots. */
export function inputName(section: number, entry: number, field: string): string {
  return `${section}.${entry}.${unbroken(field)}`;
}

/** The number of the object in a section that an input belongs to; undefined: it belongs to another section. */
export function entryIn(section: number, name: string): number | undefined {
  const [, index, entry] = /^(\d{1,4})\.(\d{1,4})\./.exec(name) ?? [];
  return Number(index) === section ? Number(entry) : undefined;
}

/** Browsers normalise line breaks. */
function unbroken(name: string): string {
  return name.replace(/[\r\n]+/g, ' ');
}

/** Filled in for the ordered number, which may have changed by the time the form is sent. */
export const ORDERED_NUMBER_INPUT = 'orderedNumber';
