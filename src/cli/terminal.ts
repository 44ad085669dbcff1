import type { Environment } from '../config/settings';

/** Everything outside the process that a command uses, so that tests can replace it. */
export interface Terminal {
  env: Environment;
  /** Whether a person watches: then a board redraws itself. */
  interactive: boolean;
  out(text: string): void;
  err(text: string): void;
  /** Everything piped in. */
  readStdin(): Promise<Buffer>;
}

/**
 * Characters that move the cursor, change the direction of writing, or are invisible: they would disguise a text. Also halves of
 * surrogate pairs, which cannot be encoded.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const RUN_OF_UNPRINTABLE = new RegExp(`${UNPRINTABLE.source}+`, 'gu');
/** The same, but without line breaks, which JSON output keeps. */
const UNPRINTABLE_IN_JSON = new RegExp(`(?!\n)${UNPRINTABLE.source}`, 'gu');

/** Texts of Sinch and of senders, with a space for each unprintable character. */
export function printable(text: string): string {
  return text.replace(RUN_OF_UNPRINTABLE, ' ');
}

/** JSON has an escape for each of them; JSON.stringify leaves out most. */
export function toJson(value: unknown): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const text = JSON.stringify(value, null, 2).replace(UNPRINTABLE_IN_JSON, (it) => it.split('').map(escaped).join(''));
  return `${text}\n`;
}
