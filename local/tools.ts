import { readFile } from 'node:fs/promises';
import { toolsFile } from './paths';
import { ToldError } from './told-error';

/** Executables that the set-up found. */
export interface Tools {
  temporal: string;
}

/** @throws {ToldError} where the set-up has not run */
export async function readTools(): Promise<Tools> {
  try {
    return JSON.parse(await readFile(toolsFile, 'utf8')) as Tools;
  } catch {
    throw new ToldError(`${toolsFile} cannot be read: run \`npm run setup\` first, or start with \`npm run\`.`);
  }
}
