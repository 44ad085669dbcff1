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
    left -= bytesOfText(character);
    if (left < 0) break;
    kept += character;
  }
  return kept + CUT;
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
