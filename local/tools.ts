import { readFile } from 'node:fs/promises';
import { toolsFile } from './paths';
import { ToldError } from './told-error';

/** Executables that the set-up found; those of `npm run cluster` are there once it has run with `--with-cluster`. */
export interface Tools {
  /** The CLI, which is the dev server too. */
  temporal: string;
  /** Absent where there is none: see {@link findBrowser}. */
  browser: string;
  temporalServer: string;
  temporalSqlTool: string;
  temporalUi: string;
  /** `initdb` is beside it. */
  postgres: string;
}

/** @throws {ToldError} where the set-up has not run, or not for these */
export async function readTools<Name extends keyof Tools>(...names: Name[]): Promise<Pick<Tools, Name>> {
  const tools = await readFile(toolsFile, 'utf8').then(
    (text) => JSON.parse(text) as Partial<Tools>,
    () => ({}),
  );
  const missing = names.filter((name) => !(name in tools));
  if (missing.length === 0) return tools as Pick<Tools, Name>;
  throw new ToldError(
    `${toolsFile} does not tell where to find ${missing.join(', ')}: start with \`npm run\`, which runs the set-up first.`,
  );
}

/** Undefined where the set-up has found none, and could install none. */
export async function findBrowser(): Promise<string | undefined> {
  return readTools('browser').then(
    ({ browser }) => browser,
    () => undefined,
  );
}
