import { printable } from './terminal';

/**
 * RFC 4180, and nothing in it moves a cursor. A cell that a spreadsheet would take for a formula begins with an
 * apostrophe: what people have written as their reasons must not run on somebody's desk.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const lines = text.split('\n').map(printable).join('\n');
  const harmless = /^\s*[=+\-@]/.test(lines) ? `'${lines}` : lines;
  return /[",\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
