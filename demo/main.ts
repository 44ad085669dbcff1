import { parseArgs } from 'node:util';
import { Interruption } from '../local/interruption';
import { bold, dim, print } from '../local/terminal';
import { ToldError } from '../local/told-error';
import { NumberOrdersError } from '../src/client';
import { printInvitation } from './invitation';
import { playOrders } from './play-orders';
import { playTrace } from './play-trace';
import { Person } from './person';
import { Scene } from './scene';
import { playStory, printStories, storyOf, type Story } from './stories';
import { Surroundings, type OpenSurroundings } from './surroundings';
import { Timeline } from './timeline';
import { Tracing } from './tracing';

const USAGE = `npm run demo                            five orders, from reservation to end
npm run demo -- --keep                  leave everything running afterwards, to play with
npm run demo -- --story <row>           one story, told with faults on command; --story list names them
npm run demo -- --trace                 one order, and its whole trace: service, workflow, activities, calls of Sinch
npm run demo -- --port <n> --ui-port <n>   where Temporal and its Web UI listen; any free ports when left out`;

const OPTIONS = {
  help: { type: 'boolean' },
  keep: { type: 'boolean' },
  story: { type: 'string' },
  trace: { type: 'boolean' },
  port: { type: 'string' },
  'ui-port': { type: 'string' },
} as const;

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    print(USAGE);
    return 0;
  }
  if (options.story === 'list') {
    printStories();
    return 0;
  }
  if (options.trace && options.story) throw new ToldError('--trace plays an order of its own: leave out --story.');
  const story = options.story === undefined ? undefined : storyOf(options.story);
  const tracing = options.trace ? await Tracing.open() : undefined;
  const ports = { temporal: portOf(options.port, '--port'), ui: portOf(options['ui-port'], '--ui-port') };
  const surroundings = new Surroundings(ports, tracing);
  const interruption = new Interruption();
  try {
    print(dim('Starting a Temporal server, a codec server, a fake Sinch, a worker and an intake …'));
    const opened = await interruption.orElse(surroundings.open());
    const { anyDied } = surroundings.processes;
    const asTold = await interruption.orElse(Promise.race([play(opened, story, tracing), anyDied]));
    if (options.keep) {
      await printInvitation(opened);
      await Promise.race([interruption.happened, anyDied]);
    }
    return asTold ? 0 : 1;
  } finally {
    print('', dim('Ending what was started …'));
    await surroundings.close();
  }
}

async function play(opened: OpenSurroundings, story: Story | undefined, tracing?: Tracing): Promise<boolean> {
  const { orders, sinch, temporal, uiUrl, fakeSinch, settings } = opened;
  print(
    '',
    `${bold('Temporal UI')}  ${uiUrl}  ${dim('reads encrypted payloads through the codec server')}`,
    `${bold('Fake Sinch')}   ${fakeSinch}`,
    `${bold('Logs')}         .number-orders/logs/demo-*.log`,
    '',
  );
  const person = await Person.find();
  const scene = new Scene(orders, sinch, new Timeline(), person);
  if (tracing) return playTrace(scene, tracing);
  if (story) return playStory(story, scene);
  if (!person) print(dim('There is no browser, so no order has its KYC from the KYC page: see npm run setup.'), '');
  return playOrders(scene, temporal, settings);
}

function readOptions() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    throw new ToldError(`${error instanceof Error ? error.message : 'This is not understood'}\n\n${USAGE}`);
  }
}

function portOf(value = '0', option: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) throw new ToldError(`${option} must be a port, 1 to 65535.`);
  return port;
}

async function run(): Promise<number> {
  try {
    return await main();
  } catch (error) {
    const isTold = error instanceof ToldError || error instanceof NumberOrdersError;
    console.error(isTold ? `\n${error.message}` : error);
    return 1;
  }
}

// An interrupted demo has calls that still wait for the ended server: they are ignored.
void run().then((exitCode) => process.exit(exitCode));
