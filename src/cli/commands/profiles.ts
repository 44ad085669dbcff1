import { createReadStream } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { titleAndId, type OperatorAction } from '@number-orders/contract';
import { InvalidRequestError, type DocumentOfProfile, type ProfileToPut } from '../../client';
import { orNone } from '../../sinch';
import type { Cli } from '../cli';
import { readJson } from '../read-json';
import { renderViolations } from '../render-order';
import { toJson } from '../terminal';

/** The content of a profile's file. Its documents name the files with their bytes, relative to it. */
interface ProfileFile extends Omit<ProfileToPut, 'documents'> {
  documents?: (Omit<DocumentOfProfile, 'content'> & { path: string })[];
}

export function addProfileCommands(program: Command, cli: Cli): void {
  const profiles = program
    .command('profiles')
    .description('manage KYC that is kept under a name, for orders with kycProfile');
  const operation = (usage: string, description: string) =>
    profiles
      .command(usage)
      .description(description)
      .requiredOption('--author <name>', 'who asks for it')
      .requiredOption('--reason <text>', 'why');

  operation('put <name> <file>', 'keep the KYC in a JSON file: regionCode, numberType, registration, documents').action(
    async (name: string, file: string, action: OperatorAction) => {
      const { documents = [], ...fields } = asProfile(await readJson(cli.terminal, file));
      const withBytes = documents.map(({ path, ...document }) => ({
        ...document,
        content: createReadStream(resolve(dirname(file), path)),
      }));
      await cli.withOrders((orders) => orders.profiles.put(name, { ...fields, documents: withBytes }, action));
      cli.print(`Kept ${name}, with ${documents.length} documents.`);
    },
  );

  profiles
    .command('list')
    .description('print the names of all profiles')
    .action(async () => cli.print(...(await cli.withOrders((orders) => orders.profiles.list()))));

  profiles
    .command('check <name>')
    .description("check a profile against Sinch's current requirements; nothing is ordered")
    .action(async (name: string) => {
      const { missingTitles, violations } = await cli.withOrders(async ({ profiles: kept }) => {
        const requirements = await orNone(cli.sinch().lookupNumberRequirements(await kept.kind(name)));
        return kept.check(name, requirements ?? null);
      });
      if (violations.length > 0 || missingTitles.length > 0) cli.exitCode = 1;
      cli.print(...renderViolations(violations));
      if (missingTitles.length > 0) cli.print(`Missing: ${missingTitles.map(titleAndId).join(', ')}`);
      if (cli.exitCode === 0)
        cli.print('Complete, as far as the requirements can be read. Sinch checks it again for each order.');
    });

  profiles
    .command('audit <name>')
    .description('export who put, used, resealed and erased a profile: names, never KYC')
    .action(async (name: string) =>
      cli.terminal.out(toJson(await cli.withOrders((orders) => orders.profiles.audit(name)))),
    );

  operation('erase <name>', 'delete a profile; orders that have copied it must be erased separately').action(
    async (name: string, action: OperatorAction) => {
      const { usedBy } = await cli.withOrders((orders) => orders.profiles.erase(name, action));
      cli.print(`Erased ${name}.`);
      if (usedBy.length > 0) cli.print(`Orders that have copied it: ${usedBy.join(', ')}`);
    },
  );

  profiles
    .command('reseal [name]')
    .description('encrypt one profile, or all, with the current first key')
    .action(async (name?: string) =>
      cli.withOrders(async ({ profiles: kept }) => {
        for (const each of name === undefined ? await kept.list() : [name]) {
          await kept.reseal(each);
          cli.print(`Resealed ${each}.`);
        }
      }),
    );
}

/** @throws {InvalidRequestError} */
function asProfile(content: unknown): ProfileFile {
  const { documents = [] } = (content ?? {}) as { documents?: unknown };
  const isDocument = (each: unknown) => typeof (each as { path?: unknown } | null)?.path === 'string';
  if (typeof content === 'object' && content !== null && Array.isArray(documents) && documents.every(isDocument))
    return content as ProfileFile;
  const description = 'must be a list, each with attachmentId, fileName, mimeType and the path of its file';
  throw new InvalidRequestError([{ field: 'documents', description }], 'The profile');
}
