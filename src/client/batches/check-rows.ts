import { readRequest, type NumberOrderRequest, type Violation } from '@number-orders/contract';
import { InvalidRequestError } from '../errors';

/** More would be no list that anybody reads. */
const VIOLATIONS_TOLD = 100;

/** What is wrong with a row, which is counted from 1. */
export interface RowViolation extends Violation {
  row: number;
}

/** What is wrong with rows, all of them: nothing starts before there is nothing. */
export function violationsOf(rows: readonly unknown[]): RowViolation[] {
  const firstOf = new Map<string, number>();
  return rows.flatMap((row, index) => {
    const { violations, value } = readRequest(row);
    if (violations) return violations.map((violation) => ({ row: index + 1, ...violation }));
    const first = firstOf.get(value.reference);
    if (first === undefined) {
      firstOf.set(value.reference, index + 1);
      return [];
    }
    const description = `is that of row ${first} as well: give each row a reference of its own`;
    return [{ row: index + 1, field: 'reference', description }];
  });
}

/** The rows as they are kept. @throws {InvalidRequestError} */
export function checkRows(rows: readonly unknown[]): NumberOrderRequest[] {
  const wrong = violationsOf(rows).map(({ row, field, description }) => ({
    field: `row ${row}: ${field}`,
    description,
  }));
  if (wrong.length > 0) throw new InvalidRequestError(wrong.slice(0, VIOLATIONS_TOLD), 'The batch');
  return rows.flatMap((row) => readRequest(row).value ?? []);
}
