import type { Environment } from '../config/settings';

/** What a command touches outside itself, so that a test can be its terminal. */
export interface Terminal {
  env: Environment;
  /** A person is looking: a board may redraw itself. */
  interactive: boolean;
  out(text: string): void;
  err(text: string): void;
  /** Everything piped in. */
  readStdin(): Promise<Buffer>;
}

/**
 * What moves a cursor, changes the direction of writing, or cannot be seen: with it a text would show as another than it is.
 * Halves of characters too, which no encoding has.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const RUN_OF_UNPRINTABLE = new RegExp(`${UNPRINTABLE.source}+`, 'gu');
/** JSON's own line breaks are left. */
const UNPRINTABLE_IN_JSON = new RegExp(`(?!\n)${UNPRINTABLE.source}`, 'gu');

/** Sinch's and senders' texts, without anything unprintable: a space shows where it was. */
export function printable(text: string): string {
  return text.replace(RUN_OF_UNPRINTABLE, ' ');
}

/** JSON has an escape for each of them; JSON.stringify leaves out most. */
export function toJson(value: unknown): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const text = JSON.stringify(value, null, 2).replace(UNPRINTABLE_IN_JSON, (it) => it.split('').map(escaped).join(''));
  return `${text}\n`;
}
