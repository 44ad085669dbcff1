/** No reviewer's rule needs a longer one. */
const PATTERN_CHARACTERS = 1_000;
/** More repetitions without a bound multiply: each may begin and end anywhere. */
const MOST_UNBOUNDED = 3;

/**
 * A stated pattern as one of JavaScript's (flag `u`), or undefined where it cannot be told what it means: another dialect
 * (`/^…$/i`, Java's `[a-z&&[^x]]`, POSIX classes), or one that a validator could run for ever on.
 */
export function readablePattern(stated: unknown): string | undefined {
  if (typeof stated !== 'string' || stated === '' || stated.length > PATTERN_CHARACTERS) return undefined;
  const [, literal, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(stated) ?? [];
  // Other flags change what it means, and JSON Schema has none.
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
  /** There is a repetition without a bound, or a choice, in it: repeating it could match the same text in many ways. */
  ambiguous: boolean;
}

/** Whether it can only take time that grows little with the text: no repetition of what is itself ambiguous. */
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

/** `?` and a repetition of at most one are none. */
function repeats(token: string): boolean {
  return token === '*' || token === '+' || (/^\{\d/.test(token) && !/^\{[01](,1)?\}$/.test(token));
}

/** A bound of many is as good as none. */
function isUnbounded(token: string): boolean {
  const [, most = ''] = /(?:,|\{)(\d*)\}$/.exec(token) ?? [];
  return most === '' || Number(most) > 1_000;
}
