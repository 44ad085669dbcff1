import type { NumberOrderRequest } from '@number-orders/contract';
import type { Cli } from '../cli';
import { violationsOfRegion } from '../sold-regions';
import type { Fault } from './read-batch-file';

/** Rows that ask for what Sinch does not sell; none where it does not say, or this process has no settings for it. */
export async function faultsOfRegions(
  cli: Cli,
  rows: readonly NumberOrderRequest[],
  lines: readonly number[],
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const kind of new Set(rows.map(kindOf))) {
    const like = rows.findIndex((row) => kindOf(row) === kind);
    const [example] = rows.slice(like);
    const sinch = cli.sinchIfSet(example?.project);
    const violations = sinch && example ? await violationsOfRegion(sinch, example) : [];
    for (const [index, row] of rows.entries()) {
      if (kindOf(row) !== kind) continue;
      faults.push(
        ...violations.map(({ field, description }) => ({
          line: lines[index] ?? index + 1,
          column: field,
          remedy: description,
        })),
      );
    }
  }
  return faults;
}

const kindOf = ({ project = '', regionCode, numberType }: NumberOrderRequest) =>
  `${project} ${regionCode} ${numberType}`;
