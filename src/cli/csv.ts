import { printable } from './terminal';

/**
 * What commands print as CSV; files of orders are read in batch/read-batch-file.ts. RFC 4180, and nothing in it moves a
 * cursor. What a spreadsheet would take for a formula begins with an apostrophe: what people have written as their reasons
 * must not run on somebody's desk.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/**
 * Where a formula may begin: at the start of a cell, and where one starts for a spreadsheet that separates cells by
 * semicolons, as many do, and so takes no quotes of ours for quotes. Full-width signs count as well.
 */
const FORMULA = /(^|[;\n])(?=[\s"]*[=+\-@＝＋－＠])/g;

/** What every program reads as it stands, and no spreadsheet takes for more than a number. */
const PHONE_NUMBERS = /^\+[1-9]\d{6,14}( \+[1-9]\d{6,14})*$/;

function cell(text: string): string {
  if (PHONE_NUMBERS.test(text)) return text;
  const harmless = text.split('\n').map(printable).join('\n').replace(FORMULA, "$1'");
  return /[",\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
