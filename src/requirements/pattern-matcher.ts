import { RE2JS } from 're2js';

/** Longer patterns are not compiled: no reviewer's rule needs them, and compiling takes time too. */
const PATTERN_CHARACTERS = 1_000;
/**
 * Characters matched for one registration. Linear time is not free time: the worst patterns take about 0.2 ms for a
 * character, so this keeps a hostile one to seconds.
 */
const VALUE_CHARACTERS = 32_000;

/** Every order of a country asks for the same ones, and compiling takes longer than matching. */
const compiled = new Map<string, RE2JS | undefined>();
const MOST_COMPILED = 200;

/**
 * Tests values against the patterns of Sinch's rules in linear time: a catastrophic pattern would stop the whole worker
 * with JavaScript's own regular expressions. What cannot be tested passes; Sinch's own answer is the authority.
 * One matcher serves one registration.
 */
export class PatternMatcher {
  #charactersLeft = VALUE_CHARACTERS;

  /** False only when the value was tested and nothing in it matches. A pattern is not anchored, as in JSON Schema. */
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
  if (pattern.length > PATTERN_CHARACTERS) return undefined;
  try {
    return RE2JS.compile(pattern);
  } catch {
    // Look-arounds, back-references and plain mistakes: not ours to judge.
    return undefined;
  }
}
