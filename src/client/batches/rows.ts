import { createHash } from 'node:crypto';
import {
  batchPlaces,
  batchRowsRecord,
  ROWS_A_RECORD,
  type NumberOrderBatch,
  type NumberOrderRequest,
} from '@number-orders/contract';
import type { RecordStore } from '../../store/record-store';
import { canonicalJson } from '../fingerprint';

/** Tells a row from a corrected one, without keeping it. Kept encrypted where rows are: what it is made of may be KYC. */
export interface RowDigest {
  reference: string;
  /** sha256, lower-case hex, of the row with its KYC. */
  digest: string;
}

const DIGESTS = 'digests';

export function digestsOf(rows: readonly NumberOrderRequest[]): RowDigest[] {
  return rows.map((row) => ({
    reference: row.reference,
    digest: createHash('sha256').update(canonicalJson(row)).digest('hex'),
  }));
}

/** Puts rows where the workers of a batch take them from. */
export async function keepRows(
  records: RecordStore,
  { batch, rowSet }: NumberOrderBatch,
  rows: readonly NumberOrderRequest[],
  digests: readonly RowDigest[],
  corrected: ReadonlySet<string>,
): Promise<void> {
  const places = batchPlaces(batch, rowSet);
  for (let from = 0; from < rows.length; from += ROWS_A_RECORD) {
    const waiting = rows.slice(from, from + ROWS_A_RECORD).map((request) => ({
      request,
      ...(corrected.has(request.reference) && { corrected: true }),
    }));
    await records.keepRecord(places.rows, batchRowsRecord(from), JSON.stringify(waiting));
  }
  await records.keepRecord(places.digests, DIGESTS, JSON.stringify(digests));
}

/** Undefined when there are none: they outlast their batch, and not the next run of it. */
export async function readDigests(
  records: RecordStore,
  batch: string,
  rowSet: string,
): Promise<RowDigest[] | undefined> {
  const content = await records.readRecord(batchPlaces(batch, rowSet).digests, DIGESTS);
  return content === undefined ? undefined : (JSON.parse(content) as RowDigest[]);
}
