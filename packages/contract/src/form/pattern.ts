/** The longest pattern that is kept; no real rule needs more. */
const PATTERN_CHARACTERS = 1_000;
/** Each unbounded repetition multiplies the time: it may begin and end anywhere. */
const MOST_UNBOUNDED = 3;

/**
 * A pattern in JavaScript's syntax (flag `u`). Undefined if its meaning is unknown, in another dialect (`/^…$/i`, Java's
 * `[a-z&&[^x]]`, POSIX classes), or if a validator could run forever on it.
 */
export function readablePattern(stated: unknown): string | undefined {
  if (typeof stated !== 'string' || stated === '' || stated.length > PATTERN_CHARACTERS) return undefined;
  const [, literal, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(stated) ?? [];
  // Other flags change its meaning, and JSON Schema has none.
  if (literal !== undefined && /[^gu]/.test(flags)) return undefined;
  const pattern = literal ?? stated;
  if (/&&|--|~~|\[\[|\[:|\\[QEAZzGhHRX]/.test(pattern) || !isSimple(pattern)) return undefined;
  try {
    new RegExp(pattern, 'u');
    return pattern;
  } catch {
    return undefined;
  }
}

interface Group {
  /** It contains an unbounded repetition, or a choice: repeating it could match the same text in many ways. */
  ambiguous: boolean;
}

/** Whether its time grows slowly with the text: it has no repetition of an ambiguous part. */
function isSimple(pattern: string): boolean {
  const groups: Group[] = [{ ambiguous: false }];
  let closed: Group | undefined;
  let unbounded = 0;
  for (const [token] of pattern.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[*+?]|\{\d+(?:,\d*)?\}|[()|]|[^]/gs)) {
    const group = groups.at(-1);
    if (!group) return false;
    if (/^\\[1-9k]/.test(token)) return false;
    if (token === '(') groups.push({ ambiguous: false });
    else if (token === '|') group.ambiguous = true;
    else if (token === ')') {
      const inner = groups.pop();
      const outer = groups.at(-1);
      if (!inner || !outer) return false;
      if (inner.ambiguous) outer.ambiguous = true;
      closed = inner;
      continue;
    } else if (repeats(token)) {
      if (closed?.ambiguous) return false;
      if (isUnbounded(token)) {
        group.ambiguous = true;
        if (++unbounded > MOST_UNBOUNDED) return false;
      }
    }
    closed = undefined;
  }
  return groups.length === 1;
}

/** `?` and a repetition of at most one do not count. */
function repeats(token: string): boolean {
  return token === '*' || token === '+' || (/^\{\d/.test(token) && !/^\{[01](,1)?\}$/.test(token));
}

/** A high bound counts as unbounded. */
function isUnbounded(token: string): boolean {
  const [, most = ''] = /(?:,|\{)(\d*)\}$/.exec(token) ?? [];
  return most === '' || Number(most) > 1_000;
}
