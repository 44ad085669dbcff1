import type { Environment } from '../config/settings';

/** What a command touches outside itself, so that a test can be its terminal. */
export interface Terminal {
  env: Environment;
  /** A person is looking: a board may redraw itself. */
  interactive: boolean;
  out(text: string): void;
  err(text: string): void;
  /** Everything piped in. */
  readStdin(): Promise<string>;
}

/** Sinch's and senders' texts must not move the cursor or recolour the screen. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
