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

/** Sinch's and senders' texts must not move the cursor or recolour the screen. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

export function toJson(value: unknown): string {
  // JSON has an escape for every control character, and JSON.stringify leaves out the ones beyond ASCII's.
  const text = JSON.stringify(value, null, 2).replace(
    /[\x7f-\x9f]/g,
    (control) => `\\u00${control.charCodeAt(0).toString(16)}`,
  );
  return `${text}\n`;
}
