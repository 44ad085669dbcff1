/**
 * Bytes of a value's JSON in UTF-8: what it takes in a payload. Every bound of the contract is in these, and a text's are
 * those between its quotes: control characters and quotes are longer in JSON. What has no JSON has none.
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
 * A text as it may leave an order, in at most so many bytes (3 or more): well-formed, and never cut inside a character. Half
 * a character in a failure's message takes a worker down.
 */
export function clip(text: string, bytes: number): string {
  // Each unit takes a byte at least.
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

/** Of one character. JSON escapes few, so most are asked for no more than their length in UTF-8. */
function lengthInJson(character: string): number {
  return character < ' ' || character === '"' || character === '\\' ? bytesOfText(character) : utf8Length(character);
}

/** Whether lists and objects lie in each other more than so many deep. Asked first: no code takes apart what has no end. */
export function isDeeperThan(depth: number, value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    (depth === 0 || Object.values(value).some((entry) => isDeeperThan(depth - 1, entry)))
  );
}

/** The first entries of a list that take no more than so many bytes together. */
export function firstWithin<T>(bytes: number, entries: readonly T[]): T[] {
  let left = bytes - '[]'.length;
  const end = entries.findIndex((entry) => (left -= bytesOf(entry) + ','.length) < 0);
  return end < 0 ? [...entries] : entries.slice(0, end);
}

/** The last of them. */
export function lastWithin<T>(bytes: number, entries: readonly T[]): T[] {
  return firstWithin(bytes, entries.toReversed()).reverse();
}

/** Each half of a surrogate pair counts for two of the pair's four bytes; JSON escapes a half that stands alone. */
function utf8Length(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    length += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return length;
}
