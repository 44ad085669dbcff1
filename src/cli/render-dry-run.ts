import type { DryRun } from './dry-run';
import { priceLine } from './render-order';

/** What an order would reserve, and what that would cost. */
export function renderDryRun({ reference, numbers, chosenBySinch, remarks, total }: DryRun): string[] {
  const would =
    numbers.length === 0
      ? 'nothing would be reserved now'
      : `would reserve ${chosenBySinch ? `${numbers.length} of Sinch's choice, such as` : 'now'}`;
  return [
    `${reference}  ${would}`,
    ...numbers.map((number) => `  ${priceLine(number)}`),
    ...remarks.map((remark) => `  ${remark}`),
    ...total.map((each) => `  in all ${renderTotal(each)}`),
  ];
}

/** The same for many orders: a line each, and the total. An order that would reserve nothing says why. */
export function renderDryRuns(runs: readonly DryRun[], total: DryRun['total']): string[] {
  return [
    ...runs.map(({ reference, numbers, remarks }) => {
      const would = numbers.map(({ phoneNumber }) => phoneNumber).join(', ') || `nothing: ${remarks.join('; ')}`;
      return `  ${reference}  ${would}`;
    }),
    ...total.map((each) => `In all ${renderTotal(each)}`),
  ];
}

function renderTotal({ currencyCode, setup, monthly }: DryRun['total'][number]): string {
  return `${setup} ${currencyCode} set-up, ${monthly} monthly`;
}
