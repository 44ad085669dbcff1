import { dim, print } from '../../../local/terminal';
import { CONTENDERS, type ContenderName } from '../contenders';
import { median, rounded, type Figure } from '../figure';
import { playMany, playOne } from '../race';
import type { BenchStand, Part } from '../stand';

export interface RaceOptions {
  rounds: number;
  orders: number;
  atOnce: number;
  names: readonly ContenderName[];
}

export const NAMES = Object.keys(CONTENDERS) as ContenderName[];
const WARM_UP = 40;
const ALONE = 40;

/** The result of one contender in one round. */
interface Lap {
  ordersPerSecond: number;
  /** Median duration of an order that runs alone. */
  aloneMs: number;
  /** CPU for each order while many run at once. */
  cpuMs: Record<Part, number>;
}

/** The figures of ours as ratios to the floor, on the same server in interleaved rounds. */
export async function raceFigures(
  stand: BenchStand,
  { rounds, orders, atOnce, names }: RaceOptions,
): Promise<Figure[]> {
  const laps = new Map<ContenderName, Lap[]>(names.map((name) => [name, []]));
  for (const name of names) await playMany(stand, name, { orders: WARM_UP, atOnce });
  for (let round = 0; round < rounds; round++) {
    // A different contender begins each round, so that none always runs first.
    for (const name of rotated(names, round)) {
      const lap = await run(stand, name, { orders, atOnce });
      laps.get(name)?.push(lap);
      const { ordersPerSecond, aloneMs } = lap;
      print(
        dim(
          `round ${round + 1}: ${name.padEnd(13)} ${rounded(ordersPerSecond)} orders/s, ` +
            `${rounded(aloneMs)} ms alone, CPU of an order ${cpuOf(lap)}`,
        ),
      );
    }
  }
  return [...compared(laps), ...cpuFigures(laps)];
}

async function run(stand: BenchStand, name: ContenderName, many: Pick<RaceOptions, 'orders' | 'atOnce'>): Promise<Lap> {
  const before = stand.cpuTime();
  const ordersPerSecond = await playMany(stand, name, many);
  const after = stand.cpuTime();
  const cpuMs = { ...after };
  for (const part of Object.keys(cpuMs) as Part[]) cpuMs[part] = (after[part] - before[part]) / many.orders;
  const alone: number[] = [];
  for (let count = 0; count < ALONE; count++) alone.push(await playOne(stand, name));
  return { ordersPerSecond, aloneMs: median(alone), cpuMs };
}

/** The median ratio of all rounds, to the floor and between contenders. One that was left out has no figure. */
function compared(laps: ReadonlyMap<ContenderName, Lap[]>): Figure[] {
  const of = (name: ContenderName, value: 'ordersPerSecond' | 'aloneMs') =>
    (laps.get(name) ?? []).map((lap) => lap[value]);
  const each = (name: ContenderName, value: 'ordersPerSecond' | 'aloneMs') =>
    `${of(name, value)
      .map((one) => String(rounded(one)))
      .join(', ')} ${value === 'aloneMs' ? 'ms' : 'orders/s'}`;
  const pair = (
    title: string,
    one: ContenderName,
    other: ContenderName,
    goals?: Partial<Record<'ordersPerSecond' | 'aloneMs', Figure['goal']>>,
  ): Figure[] =>
    (['ordersPerSecond', 'aloneMs'] as const).map((value) => {
      const divisors = of(other, value);
      const goal = goals?.[value];
      return {
        figure: `${value === 'aloneMs' ? 'p50 of one order' : 'orders/s'} ÷ ${title}`,
        value: median(of(one, value).map((measured, round) => measured / (divisors[round] ?? NaN))),
        ...(goal && { goal }),
        detail: `${one} ${each(one, value)}; ${other} ${each(other, value)}`,
      };
    });
  return [
    ...pair('floor', 'ours', 'floor', { ordersPerSecond: { atLeast: 1.25 } }),
    ...pair('floor, over HTTP with the fake Sinch', 'http', 'floor', { ordersPerSecond: { atLeast: 1.1 } }),
    ...pair('floor, over HTTP with the fake Sinch, encrypted', 'httpEncrypted', 'floor', {
      ordersPerSecond: { atLeast: 1 },
      aloneMs: { atMost: 0.9 },
    }),
  ].filter(({ value }) => !Number.isNaN(value));
}

function cpuFigures(laps: ReadonlyMap<ContenderName, Lap[]>): Figure[] {
  return [...laps].map(([name, ran]) => {
    const middle = median(ran.map(total));
    const [typical] = [...ran].sort((a, b) => distance(a, middle) - distance(b, middle));
    return {
      figure: `CPU of an order, ${name}`,
      value: middle,
      unit: 'ms',
      ...(typical && { detail: cpuOf(typical) }),
    };
  });
}

const total = ({ cpuMs }: Lap) => Object.values(cpuMs).reduce((sum, ms) => sum + ms, 0);
const distance = (lap: Lap, from: number) => Math.abs(total(lap) - from);

const cpuOf = ({ cpuMs }: Lap) =>
  Object.entries(cpuMs)
    .map(([part, ms]) => `${part} ${rounded(ms)}`)
    .join(', ') + ' ms';

const rotated = <T>(list: readonly T[], by: number): T[] => {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
};
