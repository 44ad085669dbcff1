/**
 * A pattern for HTML, which matches the whole text with the flag `v`. Undefined if it is not valid there; then only Sinch checks.
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
