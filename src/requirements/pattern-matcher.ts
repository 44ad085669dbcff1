import { RE2JS } from 're2js';

/**
 * The number of characters matched for one registration. Linear time still costs: the worst patterns take about 0.2 ms for a
 * character, so this limits a hostile one to seconds.
 */
const VALUE_CHARACTERS = 32_000;

/** All orders of a country use the same patterns, and compiling takes longer than matching. */
const compiled = new Map<string, RE2JS | undefined>();
const MOST_COMPILED = 200;

/**
 * Tests values against the patterns of Sinch's rules in linear time: a catastrophic pattern would stop the whole process with
 * JavaScript's own regular expressions. A pattern that cannot be tested passes: Sinch's answer decides. One matcher serves one
 * registration.
 */
export class PatternMatcher {
  #charactersLeft = VALUE_CHARACTERS;

  /** False only if the value was tested and nothing in it matches. As in JSON Schema, a pattern is not anchored. */
  mayMatch(pattern: string, value: string): boolean {
    this.#charactersLeft -= value.length + 1;
    if (this.#charactersLeft < 0) return true;
    return compiledOnce(pattern)?.matcher(value).find() ?? true;
  }
}

function compiledOnce(pattern: string): RE2JS | undefined {
  if (!compiled.has(pattern)) {
    if (compiled.size >= MOST_COMPILED) compiled.clear();
    compiled.set(pattern, compile(pattern));
  }
  return compiled.get(pattern);
}

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(asRe2(pattern));
  } catch {
    // Look-arounds, back-references and mistakes are left to Sinch.
    return undefined;
  }
}

/** White space as in JavaScript: people paste no-break spaces. */
const SPACES = '\\t\\n\\x0b\\f\\r\\x{a0}\\x{feff}\\x{2028}\\x{2029}\\p{Zs}';

/** The same pattern in RE2's syntax. */
function asRe2(pattern: string): string {
  let inClass = false;
  return pattern.replace(/\\u\{([\da-f]+)\}|\\u([\da-f]{4})|\\.|[[\]]/gis, (token, braced?: string, four?: string) => {
    const code = braced ?? four;
    if (code !== undefined) return `\\x{${code}}`;
    if (token === '[' || token === ']') inClass = token === '[';
    if (token === '\\s') return inClass ? SPACES : `[${SPACES}]`;
    // Within a class RE2 cannot negate another class, and its own \S matches a no-break space.
    if (token === '\\S' && !inClass) return `[^${SPACES}]`;
    return token;
  });
}
