import type { Environment } from './read-settings';

/** Control and format characters. Line breaks and tabs are left to each setting: a list may be written over several lines. */
const INVISIBLE = /\p{Cf}|(?![\n\t])\p{Cc}/u;

/** What stands in a value that nobody sees there, with the remedy; undefined: nothing. */
export function invisibleIn(value: string): string | undefined {
  const found = INVISIBLE.exec(value)?.[0];
  if (found === undefined) return undefined;
  if (found === '\r') return 'has a carriage return in it: save the file it comes from with line ends of LF';
  if (found === '\uFEFF') return 'has a byte-order mark in it: save the file it comes from as UTF-8 without BOM';
  const code = found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return `has the character U+${code ?? ''} in it, which cannot be seen: write it anew without it`;
}

/** The same for variables that a library reads by itself. PEM data may have any line ends. */
export function invisibleInFamily(env: Environment, prefix: string): string[] {
  return Object.entries(env).flatMap(([name, value = '']) => {
    const problem = name.startsWith(prefix) && !name.endsWith('_DATA') ? invisibleIn(value) : undefined;
    return problem ? [`${name} ${problem}`] : [];
  });
}
