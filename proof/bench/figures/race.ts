import { dim, print } from '../../../local/terminal';
import { CONTENDERS, type ContenderName } from '../contenders';
import { median, rounded, type Figure } from '../figure';
import { playMany, playOne } from '../race';
import type { BenchStand } from '../stand';

export interface RaceOptions {
  rounds: number;
  orders: number;
  atOnce: number;
  names: readonly ContenderName[];
}

export const NAMES = Object.keys(CONTENDERS) as ContenderName[];
const WARM_UP = 40;
const ALONE = 40;

/** What ours makes of the machine, as multiples of the floor: the same server, interleaved rounds. */
export async function raceFigures(
  stand: BenchStand,
  { rounds, orders, atOnce, names }: RaceOptions,
): Promise<Figure[]> {
  const throughput = new Map<ContenderName, number[]>(NAMES.map((name) => [name, []]));
  const latency = new Map<ContenderName, number[]>(NAMES.map((name) => [name, []]));
  for (const name of names) await playMany(stand, name, { orders: WARM_UP, atOnce });
  for (let round = 0; round < rounds; round++) {
    // Another one begins each time, so that none always runs on what the one before has left behind.
    for (const name of rotated(names, round)) {
      throughput.get(name)?.push(await playMany(stand, name, { orders, atOnce }));
      const alone: number[] = [];
      for (let count = 0; count < ALONE; count++) alone.push(await playOne(stand, name));
      latency.get(name)?.push(median(alone));
      const [perSecond, ms] = [throughput, latency].map((of) => rounded(of.get(name)?.at(-1) ?? NaN));
      print(dim(`round ${round + 1}: ${name.padEnd(13)} ${perSecond} orders/s, ${ms} ms alone`));
    }
  }

  /** In each round, what one made of it divided by what the other did. */
  const ratio = (of: Map<ContenderName, number[]>, name: ContenderName, by: ContenderName) => {
    const divisors = of.get(by) ?? [];
    return median((of.get(name) ?? []).map((value, round) => value / (divisors[round] ?? NaN)));
  };
  const each = (of: Map<ContenderName, number[]>, name: ContenderName, unit: string) =>
    `${(of.get(name) ?? []).map((value) => String(rounded(value))).join(', ')} ${unit}`;
  const perSecond = (name: ContenderName) => each(throughput, name, 'orders/s');
  const p50 = (name: ContenderName) => each(latency, name, 'ms');

  const figures: Figure[] = [
    {
      figure: 'orders/s ÷ floor',
      value: ratio(throughput, 'ours', 'floor'),
      goal: { atLeast: 1.2 },
      detail: `ours ${perSecond('ours')}; floor ${perSecond('floor')}`,
    },
    {
      figure: 'p50 of one order ÷ floor',
      value: ratio(latency, 'ours', 'floor'),
      goal: { atMost: 0.9 },
      detail: `ours ${p50('ours')}; floor ${p50('floor')}`,
    },
    {
      figure: 'orders/s ÷ floor, encrypted',
      value: ratio(throughput, 'oursEncrypted', 'floor'),
      detail: perSecond('oursEncrypted'),
    },
    {
      figure: 'p50 of one order ÷ floor, encrypted',
      value: ratio(latency, 'oursEncrypted', 'floor'),
      detail: p50('oursEncrypted'),
    },
    {
      figure: 'orders/s ÷ what a team would write first',
      value: ratio(throughput, 'ours', 'firstVersion'),
      detail: `that ${perSecond('firstVersion')}`,
    },
    {
      figure: 'p50 ÷ what a team would write first',
      value: ratio(latency, 'ours', 'firstVersion'),
      detail: p50('firstVersion'),
    },
  ];
  // A contender that was left out has no ratio.
  return figures.filter(({ value }) => !Number.isNaN(value));
}

const rotated = <T>(list: readonly T[], by: number): T[] => {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
};
