import type { Price } from '@number-orders/contract';
import { KycLinkError, OrderEndedError, OrderNotFoundError, type BatchLine } from '../../client';
import type { Cli } from '../cli';

/** What is told of a row. */
export interface ReportLine extends BatchLine {
  /** For the person who has what is missing. */
  kycLink?: string;
}

export const BATCH_REPORT_COLUMNS = [
  ...['row', 'reference', 'state', 'phoneNumbers', 'setupPrice', 'monthlyPrice', 'currency'],
  ...['missing', 'until', 'reason', 'kycLink'],
];

export function reportRow({ row, reference, state, phoneNumbers, prices, missing, ...more }: ReportLine): string[] {
  const { until = '', reason = '', kycLink = '' } = more;
  const each = (amountOf: (price: Price) => string | undefined) =>
    prices
      .map((price) => amountOf(price) ?? '')
      .join(' ')
      .trim();
  const currencies = prices.map(({ monthlyPrice, setupPrice }) => (monthlyPrice ?? setupPrice)?.currencyCode ?? '');
  return [
    ...[String(row), reference, state, phoneNumbers.join(' ')],
    each(({ setupPrice }) => setupPrice?.amount),
    each(({ monthlyPrice }) => monthlyPrice?.amount),
    [...new Set(currencies)].join(' '),
    ...[missing.map(({ title }) => title).join('; '), until, reason, kycLink],
  ];
}

/** With a link for each open order that waits for something, where the intake runs. */
export async function withKycLinks(cli: Cli, lines: readonly BatchLine[]): Promise<ReportLine[]> {
  const report: ReportLine[] = [];
  let intakeRuns = true;
  for (const line of lines) {
    const link = intakeRuns && line.missing.length > 0 ? await linkTo(cli, line.reference) : undefined;
    if (link === null) intakeRuns = false;
    report.push({ ...line, ...(link && { kycLink: link }) });
  }
  return report;
}

/** Null: there is no intake that would sign one. Undefined: the order has ended since it was asked. */
async function linkTo(cli: Cli, reference: string): Promise<string | null | undefined> {
  try {
    return (await cli.kycLink(reference, {})).url;
  } catch (error) {
    if (error instanceof KycLinkError) return null;
    if (error instanceof OrderEndedError || error instanceof OrderNotFoundError) return undefined;
    throw error;
  }
}
