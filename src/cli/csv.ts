import { printable } from './terminal';

/**
 * The CSV that commands print; files of orders are read in batch/read-batch-file.ts. RFC 4180, without terminal control
 * characters. A cell that a spreadsheet would read as a formula gets an apostrophe: people's texts must never be executed.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/**
 * Where a formula may begin: at the start of a cell, and after a semicolon, as many spreadsheets separate cells by semicolons and
 * ignore our quotes. Full-width signs count as well.
 */
const FORMULA = /(^|[;\n])(?=[\s"]*[=+\-@＝＋－＠])/g;

/** A text that every program reads unchanged, and a spreadsheet reads as a number at most. */
const PHONE_NUMBERS = /^\+[1-9]\d{6,14}( \+[1-9]\d{6,14})*$/;

function cell(text: string): string {
  if (PHONE_NUMBERS.test(text)) return text;
  const harmless = text.split('\n').map(printable).join('\n').replace(FORMULA, "$1'");
  return /[",\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
