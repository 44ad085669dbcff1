import { CsvError, parse } from 'csv-parse/sync';
import type { NumberOrderRequest } from '@number-orders/contract';
import { violationsOf } from '../../client';
import { readText } from '../read-json';
import { UsageError } from '../usage-error';
import { COLUMNS, columnOf, requestOf } from './columns';

/** What is wrong in a file, and where. */
export interface Fault {
  /** Counted from 1, as editors and spreadsheets do. */
  line: number;
  column: string;
  /** Never repeats what stands there: it may be personal data. */
  remedy: string;
}

export interface BatchFile {
  rows: NumberOrderRequest[];
  /** Of each row. */
  lines: number[];
  /** All there are; nothing starts before there are none. */
  faults: Fault[];
}

interface Row {
  line: number;
  request: unknown;
  columnOf: (field: string) => string;
}

const REQUIRED = ['reference', 'regionCode', 'numberType'];

/** A file of orders: CSV with the columns of docs/batches.md, or JSON Lines, a request a line. @throws {UsageError} */
export async function readBatchFile(path: string): Promise<BatchFile> {
  const text = await readText(path);
  const { rows, faults } = /\.(jsonl|ndjson)$/i.test(path) ? linesOf(text) : recordsOf(text);
  if (rows.length === 0 && faults.length === 0) throw new UsageError(`${path} has no orders: give each a line.`);
  const missing = new Set(faults.map(({ column }) => column).filter((column) => REQUIRED.includes(column)));
  const wrong = violationsOf(rows.map(({ request }) => request)).flatMap(({ row, field, description }) => {
    const { line, columnOf: nameOf } = rows[row - 1] ?? { line: row, columnOf: (name: string) => name };
    const column = nameOf(field);
    return missing.has(column) ? [] : [{ line, column, remedy: readable(description, rows) }];
  });
  return {
    rows: rows.map(({ request }) => request as NumberOrderRequest),
    lines: rows.map(({ line }) => line),
    faults: [...faults, ...wrong].sort((one, other) => one.line - other.line),
  };
}

/** A double reference names the other row: here by its line. */
function readable(description: string, rows: readonly Row[]): string {
  return description.replace(/\brow (\d+)\b/, (_all, row: string) => `line ${rows[Number(row) - 1]?.line ?? row}`);
}

function linesOf(text: string): { rows: Row[]; faults: Fault[] } {
  const rows: Row[] = [];
  const faults: Fault[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      rows.push({ line: index + 1, request: JSON.parse(line) as unknown, columnOf: (field) => field });
    } catch {
      faults.push({ line: index + 1, column: '', remedy: 'is not JSON: write one request a line' });
    }
  }
  return { rows, faults };
}

function recordsOf(text: string): { rows: Row[]; faults: Fault[] } {
  const records = parsed(text);
  if (!Array.isArray(records)) return { rows: [], faults: [records] };
  const [header, ...rest] = records;
  if (!header) return { rows: [], faults: [] };
  const names = header.record;
  const rows: Row[] = [];
  const faults = faultsOfHeader(names);
  for (const { record, info } of rest) {
    // A cell may have line breaks, and a row is known by the line where it begins.
    const line = info.lines - record.join('').split('\n').length + 1;
    const cells = Object.fromEntries(names.map((name, index) => [name, record[index]?.trim() ?? '']));
    if (record.length > names.length) {
      faults.push({ line, column: '', remedy: `has ${record.length} cells, the header ${names.length}` });
    }
    for (const name of names.filter((each) => each === 'registration' && cells[each] !== '')) {
      if (requestOf({ [name]: cells[name] ?? '' })[name] === undefined)
        faults.push({ line, column: name, remedy: 'must be JSON' });
    }
    rows.push({ line, request: requestOf(cells), columnOf: (field) => columnOf(field, cells) });
  }
  return { rows, faults };
}

function faultsOfHeader(names: readonly string[]): Fault[] {
  const known = Object.keys(COLUMNS).join(', ');
  return [
    ...names
      .filter((name) => !Object.hasOwn(COLUMNS, name))
      .map((column) => ({ line: 1, column, remedy: `is no column; columns are ${known}` })),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((column) => ({ line: 1, column, remedy: 'is there twice: leave one out' })),
    ...REQUIRED.filter((name) => !names.includes(name)).map((column) => ({
      line: 1,
      column,
      remedy: 'is missing: the first line names the columns',
    })),
  ];
}

/** As csv-parse answers with its option `info`. */
interface CsvRecord {
  record: string[];
  /** `lines`: how many there are up to its end. */
  info: { lines: number };
}

/** The records with the header first, or why it is no CSV. */
function parsed(text: string): CsvRecord[] | Fault {
  try {
    const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const;
    return parse(text, { ...options, delimiter: delimiterOf(text) }) as unknown as CsvRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines ?? 1);
    return { line, column: '', remedy: `is no CSV (${error.code}): quote cells that have quotes or line breaks` };
  }
}

/** Spreadsheets write what their country does. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split('\n', 1);
  const times = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, each) => (times(each) > times(best) ? each : best));
}
