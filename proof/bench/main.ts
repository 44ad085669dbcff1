import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Interruption } from '../../local/interruption';
import { thisMachine } from '../../local/machine';
import { bold, dim, print } from '../../local/terminal';
import { ToldError } from '../../local/told-error';
import { Cluster } from '../cluster/cluster';
import { CONTENDERS, type ContenderName } from './contenders';
import { isMet, printTable, type Figure } from './figure';
import { callersFigures } from './figures/callers';
import { costFigures } from './figures/cost';
import { openOrdersFigures } from './figures/open-orders';
import { NAMES, raceFigures } from './figures/race';
import { workerFigures } from './figures/worker';
import { BenchStand } from './stand';

const USAGE = `npm run bench                          every figure beside its goal: about half an hour
npm run bench -- --only race,cost      race, callers, cost, worker or open: some of them
npm run bench -- --rounds 5 --orders 200 --open 10000
npm run bench -- --only race --contenders floor,ours
npm run bench -- --only race --set NUMBER_ORDERS_MAX_POLLERS=10    workers with another setting than the default
npm run bench -- --only race --contenders http --sinch-delay 1000 --at-once 120    while Sinch takes a second for each answer
npm run bench -- --report <file>       writes them as JSON too`;

interface Options {
  only: string[];
  names: ContenderName[];
  rounds: number;
  orders: number;
  atOnce: number;
  open: number;
  /** By how many milliseconds each answer of Sinch is delayed. */
  sinchDelay: number;
  /** Settings of the workers. */
  settings: Record<string, string>;
  report: string | undefined;
}

/** Each runs on its own cluster, so that none is slowed down by what another has left. */
const GROUPS: Record<string, (stand: BenchStand, options: Options) => Promise<Figure[]>> = {
  race: async (stand, { rounds, orders, atOnce, names }) => {
    await stand.startContenders();
    if (names.some((name) => CONTENDERS[name].overHttp)) await stand.startHttpContenders();
    return raceFigures(stand, { rounds, orders, atOnce, names });
  },
  callers: (stand) => callersFigures(stand),
  cost: (stand) => costFigures(stand),
  worker: (stand) => workerFigures(stand),
  open: (stand, { open }) => openOrdersFigures(stand, open),
};

async function main(): Promise<boolean> {
  const options = readOptions();
  if (!options) {
    print(USAGE);
    return true;
  }
  const interruption = new Interruption();
  const figures: Figure[] = [];
  let parts: string[] = [];
  for (const group of options.only) {
    const cluster = new Cluster({ workers: 0, settings: options.settings });
    try {
      const stand = await interruption.orElse(BenchStand.open(cluster));
      if (options.sinchDelay > 0) await stand.slowSinch(options.sinchDelay);
      parts = stand.opened.temporal.parts;
      print('', bold(group), ...parts.map(dim));
      const measured = GROUPS[group]?.(stand, options) ?? Promise.resolve([]);
      figures.push(...(await interruption.orElse(Promise.race([measured, cluster.processes.anyDied]))));
      stand.close();
    } finally {
      await cluster.close();
    }
  }
  printTable(figures);
  if (options.report) await writeFile(options.report, `${JSON.stringify(report(options, figures, parts), null, 2)}\n`);
  return figures.every(isMet);
}

function report({ settings, atOnce, sinchDelay }: Options, figures: readonly Figure[], parts: readonly string[]) {
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: thisMachine(),
    parts,
    settings,
    atOnce,
    sinchDelay,
    figures: figures.map((figure) => ({ ...figure, met: isMet(figure) })),
  };
}

function readOptions(): Options | undefined {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      options: {
        help: { type: 'boolean' },
        only: text,
        rounds: text,
        orders: text,
        open: text,
        'at-once': text,
        'sinch-delay': text,
        report: text,
        contenders: text,
        set: { type: 'string', multiple: true },
      },
    });
    if (values.help) return undefined;
    const only = values.only?.split(',') ?? Object.keys(GROUPS);
    const unknown = only.find((group) => !(group in GROUPS));
    if (unknown !== undefined) throw new Error(`--only ${unknown} is none of ${Object.keys(GROUPS).join(', ')}.`);
    return {
      only,
      names: values.contenders ? contenders(values.contenders.split(',')) : NAMES,
      rounds: whole(values.rounds ?? '5', '--rounds'),
      orders: whole(values.orders ?? '200', '--orders'),
      atOnce: whole(values['at-once'] ?? '40', '--at-once'),
      open: whole(values.open ?? '10000', '--open'),
      sinchDelay: values['sinch-delay'] === undefined ? 0 : whole(values['sinch-delay'], '--sinch-delay'),
      settings: Object.fromEntries((values.set ?? []).map(setting)),
      report: values.report,
    };
  } catch (error) {
    throw new ToldError(`${error instanceof Error ? error.message : 'This is not understood'}\n\n${USAGE}`);
  }
}

function setting(text: string): [string, string] {
  const [, name, value] = /^(NUMBER_ORDERS_\w+)=(.+)$/.exec(text) ?? [];
  if (!name || !value) throw new Error(`--set ${text} is not NUMBER_ORDERS_…=value, see docs/settings.md.`);
  return [name, value];
}

function contenders(names: readonly string[]): ContenderName[] {
  return names.map((wanted) => {
    const known = NAMES.find((name) => name === wanted);
    if (!known) throw new Error(`--contenders ${wanted} is none of ${NAMES.join(', ')}.`);
    return known;
  });
}

function whole(text: string, option: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${option} must be a whole number, 1 or more.`);
  return Number(text);
}

main().then(
  (met) => process.exit(met ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof ToldError ? `\n${error.message}` : error);
    process.exit(1);
  },
);
