/**
 * The bytes of a value's JSON in UTF-8, its size in a payload. Every limit of the contract is in these bytes. A text counts
 * without its quotes; control characters and quotes in it are longer in JSON. A value without JSON counts zero.
 */
export function bytesOf(value: unknown): number {
  const json: unknown = JSON.stringify(value);
  return typeof json === 'string' ? utf8Length(json) : 0;
}

/** The same of a text, without its quotes. */
export function bytesOfText(text: string): number {
  return bytesOf(text) - 2;
}

const CUT = '…';

/**
 * A text clipped to a number of bytes (3 or more): well-formed, and never cut inside a character. Half a character in a failure's
 * message shuts a worker down.
 */
export function clip(text: string, bytes: number): string {
  // Each unit takes at least one byte.
  const whole = text.slice(0, bytes + 1).toWellFormed();
  if (bytesOfText(whole) <= bytes) return whole;
  let kept = '';
  let left = bytes - utf8Length(CUT);
  for (const character of whole) {
    left -= lengthInJson(character);
    if (left < 0) break;
    kept += character;
  }
  return kept + CUT;
}

/** The size of one character. JSON escapes few, so for most this is their length in UTF-8. */
function lengthInJson(character: string): number {
  return character < ' ' || character === '"' || character === '\\' ? bytesOfText(character) : utf8Length(character);
}

/** Whether lists and objects are nested deeper than a limit. Checked first, so that no code recurses without end. */
export function isDeeperThan(depth: number, value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (depth === 0 || Object.values(value).some((entry) => isDeeperThan(depth - 1, entry)))
  );
}

/** The first entries of a list that together fit into a number of bytes. */
export function firstWithin<T>(bytes: number, entries: readonly T[]): T[] {
  let left = bytes - '[]'.length;
  const end = entries.findIndex((entry) => (left -= bytesOf(entry) + ','.length) < 0);
  return end < 0 ? [...entries] : entries.slice(0, end);
}

/** The last entries that fit. */
export function lastWithin<T>(bytes: number, entries: readonly T[]): T[] {
  return firstWithin(bytes, entries.toReversed()).reverse();
}

/** Each half of a surrogate pair counts for two of the pair's four bytes; JSON escapes a lone half. */
function utf8Length(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    length += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return length;
}
