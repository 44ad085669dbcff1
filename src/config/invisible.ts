import type { Environment } from './read-settings';

/** Control and format characters. Each setting decides about line breaks and tabs: a list may span several lines. */
const INVISIBLE = /\p{Cf}|(?![\n\t])\p{Cc}/u;

/** The invisible character in a value, with the remedy; undefined: there is none. */
export function invisibleIn(value: string): string | undefined {
  const found = INVISIBLE.exec(value)?.[0];
  if (found === undefined) return undefined;
  if (found === '\r') return 'contains a carriage return: save its file with LF line endings';
  if (found === '\uFEFF') return 'contains a byte-order mark: save its file as UTF-8 without BOM';
  const code = found.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
  return `contains the invisible character U+${code ?? ''}: remove it`;
}

/** The same for variables that a library reads itself. PEM data may have any line endings. */
export function invisibleInFamily(env: Environment, prefix: string): string[] {
  return Object.entries(env).flatMap(([name, value = '']) => {
    const problem = name.startsWith(prefix) && !name.endsWith('_DATA') ? invisibleIn(value) : undefined;
    return problem ? [`${name} ${problem}`] : [];
  });
}
