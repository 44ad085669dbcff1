/**
 * A pattern as HTML has it: for the whole text, and with the flag `v`. Undefined where it would mean nothing there; then Sinch
 * alone tells.
 */
export function patternAttribute(pattern: string | undefined): string | undefined {
  if (pattern === undefined) return undefined;
  const whole =
    pattern.startsWith('^') && pattern.endsWith('$') && !pattern.includes('|') ? pattern : `.*(?:${pattern}).*`;
  try {
    new RegExp(whole, 'v');
    return whole;
  } catch {
    return undefined;
  }
}
