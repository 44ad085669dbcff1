import { Argument, Option, type Command } from 'commander';
import {
  isPhoneNumber,
  isRegionCode,
  CAPABILITIES,
  describeUnsoldRegion,
  formOf,
  NUMBER_TYPES,
  regionMeantBy,
  SEARCH_PATTERNS,
  type Capability,
  type NumberType,
  type SearchPattern,
  type ViewRequirements,
} from '@number-orders/contract';
import type { NumberKind } from '../../activities/find-number';
import { orNone, type SinchClient } from '../../sinch';
import type { Cli } from '../cli';
import { renderRequirements } from '../render-requirements';
import { toJson } from '../terminal';
import { UsageError } from '../usage-error';

/** As options of commander. */
const PROJECT = ['--project <name>', 'a Sinch project of SINCH_PROJECTS; the default one when left out'] as const;

interface RequirementsOptions {
  project?: string;
  json?: true;
  schema?: true;
}

interface SearchOptions {
  project?: string;
  pattern?: string;
  searchPattern?: SearchPattern;
  capabilities?: Capability[];
  size: number;
  json?: true;
}

/** Commands that need only Sinch, and no order. */
export function addNumberCommands(program: Command, cli: Cli): void {
  program
    .command('requirements')
    .argument('<region>', 'ISO 3166-1 alpha-2, such as AU', region)
    .addArgument(new Argument('<type>', 'kind of number').choices(NUMBER_TYPES))
    .description('look up the KYC that Sinch asks for')
    .addOption(new Option('--json', 'print it as Sinch sent it').conflicts('schema'))
    .option(...PROJECT)
    .option('--schema', 'print a JSON Schema (draft 2020-12) of registration.data')
    .action(async (regionCode: string, numberType: NumberType, { project, json, schema }: RequirementsOptions) => {
      const requirements = await lookUp(cli.sinch(project), cli, { regionCode, numberType });
      if (schema) cli.terminal.out(toJson(formOf(requirements).schema));
      else if (json) cli.terminal.out(toJson(requirements));
      else if (requirements) cli.print(...renderRequirements(requirements));
    });

  program
    .command('regions')
    .description('list the regions that Sinch sells numbers in, and of which types')
    .option(...PROJECT)
    .addOption(new Option('--type <type>', 'only where it has numbers of this type').choices(NUMBER_TYPES))
    .option('--json', 'print JSON')
    .action(async ({ project, type, json }: { project?: string; type?: NumberType; json?: true }) => {
      const regions = await cli.sinch(project).listAvailableRegions();
      const found = regions.filter(({ types }) => type === undefined || types.includes(type));
      if (json) cli.terminal.out(toJson(found));
      else if (found.length === 0) cli.print('No regions found.');
      else
        cli.print(
          ...found.map(({ regionCode, regionName = '', types }) => `${regionCode}  ${types.join(', ')}  ${regionName}`),
        );
    });

  program
    .command('search')
    .argument('<region>', 'ISO 3166-1 alpha-2, such as AU', region)
    .addArgument(new Argument('<type>', 'kind of number').choices(NUMBER_TYPES))
    .description('search for numbers that can be ordered')
    .option('--pattern <digits>', 'matched against the whole E.164 number: +1212, not 212, at the START')
    .addOption(new Option('--search-pattern <where>', 'where the pattern is to be').choices(SEARCH_PATTERNS))
    .addOption(new Option('--capabilities <list...>', 'what the numbers must be capable of').choices(CAPABILITIES))
    .option(...PROJECT)
    .option('--size <count>', 'how many at most', size, 20)
    .option('--json', 'print JSON, prices included')
    .action(async (regionCode: string, numberType: NumberType, { project, json, ...search }: SearchOptions) => {
      const found = await cli.sinch(project).searchAvailableNumbers({ regionCode, numberType, ...search });
      if (json) cli.terminal.out(toJson(found));
      else if (found.length === 0) cli.print('No numbers found.');
      else cli.print(...found.map(({ phoneNumber, capability }) => `${phoneNumber}  ${capability.join(', ')}`));
    });

  program
    .command('release <phoneNumbers...>')
    .description('give numbers back: they stop renewing and stay active until paid for; nothing is refunded')
    .option(...PROJECT)
    .option('--yes', 'really do it')
    .action(async (phoneNumbers: string[], { project, yes }: { project?: string; yes?: true }) => {
      const malformed = phoneNumbers.filter((number) => !isPhoneNumber(number));
      if (malformed.length > 0)
        throw new UsageError(`${malformed.join(', ')}: write numbers as E.164, such as +61491570156.`);
      if (!yes)
        throw new UsageError(`This gives back ${phoneNumbers.join(', ')} and cannot be undone: add --yes to do it.`);
      const sinch = cli.sinch(project);
      for (const phoneNumber of phoneNumbers) {
        await sinch.releaseNumber(phoneNumber);
        const { expireAt } = await sinch.getActiveNumber(phoneNumber);
        cli.print(`${phoneNumber} released${expireAt === undefined ? '' : `, active until ${expireAt}`}`);
      }
    });
}

function region(value: string): string {
  if (!isRegionCode(value)) throw new UsageError('The region must be ISO 3166-1 alpha-2 in capitals, such as AU.');
  if (regionMeantBy(value) !== undefined) throw new UsageError(`The region ${describeUnsoldRegion(value)}`);
  return value;
}

function size(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new UsageError('--size must be a whole number from 1 to 9999.');
  return Number(value);
}

async function lookUp(sinch: SinchClient, cli: Cli, kind: NumberKind): Promise<ViewRequirements | null> {
  const requirements = await orNone(sinch.lookupNumberRequirements(kind));
  if (requirements) return requirements;
  const { regionCode, numberType } = kind;
  cli.terminal.err(`Sinch has no requirements for ${regionCode} ${numberType}: no KYC is needed, if it sells them.\n`);
  return null;
}
