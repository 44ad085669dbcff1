import { bold, green, print, red } from '../../local/terminal';

/** One measured number and its goal. */
export interface Figure {
  figure: string;
  value: number;
  /** Absent for a ratio or a count. */
  unit?: 'MB' | 's' | 'ms';
  /** Absent if the figure is only reported. */
  goal?: { atLeast: number } | { atMost: number } | { exactly: number };
  /** The measured values, if the figure is computed from several, or what it was measured with. */
  detail?: string;
}

export function isMet({ value, goal }: Figure): boolean {
  if (!goal) return true;
  if ('exactly' in goal) return value === goal.exactly;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

function goalOf({ goal }: Figure): string {
  if (!goal) return '';
  if ('exactly' in goal) return `= ${goal.exactly}`;
  return 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;
}

export function printTable(figures: readonly Figure[]): void {
  const rows = figures.map((figure) => ({
    figure,
    cells: [figure.figure, `${rounded(figure.value)}${figure.unit ? ` ${figure.unit}` : ''}`, goalOf(figure)] as const,
  }));
  const [first, second] = [0, 1].map((column) => Math.max(...rows.map(({ cells }) => cells[column]?.length ?? 0)));
  print('');
  for (const { figure, cells } of rows) {
    const verdict = figure.goal ? (isMet(figure) ? green('met') : red('MISSED')) : '';
    print(`${cells[0].padEnd(first ?? 0)}  ${bold(cells[1].padStart(second ?? 0))}  ${cells[2].padEnd(8)} ${verdict}`);
    if (figure.detail) print(`    ${figure.detail}`);
  }
}

export const rounded = (value: number): number => Number(value.toPrecision(4));

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low = NaN, high = NaN] =
    sorted.length % 2 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1, middle + 1);
  return (low + high) / 2;
}
