import type { NumberOrderRequest } from '@number-orders/contract';
import { COLUMNS } from '../../src/cli/batch/columns';
import { toCsv } from '../../src/cli/csv';

/** A file of orders in the format of docs/batches.md, for the orders that the chaos schedules draw. */
export function csvOf(requests: readonly NumberOrderRequest[]): string {
  const rows = requests.map(cellsOf);
  const columns = Object.keys(COLUMNS).filter((column) => rows.some((row) => row[column] !== undefined));
  return toCsv([columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))]);
}

function cellsOf(request: NumberOrderRequest): Record<string, string | number | undefined> {
  const { selection, smsConfiguration, registration, reference, regionCode, numberType, kycProfile, ...rest } = request;
  const { onExpiry, maxRenewals, onRejection, maxCorrections, correctionWindow } = rest;
  return {
    ...{ reference, regionCode, numberType, kycProfile },
    ...{ onExpiry, maxRenewals, onRejection, maxCorrections, correctionWindow },
    ...('phoneNumber' in selection && { phoneNumber: selection.phoneNumber }),
    ...('quantity' in selection && { quantity: 1 }),
    servicePlanId: smsConfiguration?.servicePlanId,
    registration: registration && JSON.stringify(registration),
  };
}
