/** No one reads longer help, and a hostile text would fill a page. */
const TEXT_CHARACTERS = 2_000;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text to show: bounded, well-formed, and with line breaks for Sinch's backslash and n. */
export function textIn(value: unknown, most: number = TEXT_CHARACTERS): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const text = value.slice(0, most).replaceAll('\\n', '\n').trim().toWellFormed();
  return text === '' ? undefined : text;
}

/** A valid bound on a length. */
export function lengthIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
