import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join, relative, resolve } from 'node:path';
import { binDirectory, root } from './paths.mjs';
import { SetupError, busy, done } from './run.mjs';

const executableName = (name) => (process.platform === 'win32' ? `${name}.exe` : name);

/** Every source was tried. A variable that names no executable is another matter: a mistake to fix. */
export class ToolNotFound extends SetupError {}

/** Where a tool that the set-up fetched or built is kept. */
export const keptPath = (name) => join(binDirectory, executableName(name));

/**
 * Finds an executable and returns its path: what `variable` names, what is in PATH, what an earlier run kept, and then
 * what each of `sources` can get, in turn. A source is `{ name, get(): Promise<path> }` and throws when it cannot.
 * `otherNames` are looked for in PATH as well.
 */
export async function findTool({ title, name, otherNames = [], variable, sources, remedy }) {
  const named = process.env[variable];
  if (named) {
    if (!isExecutable(named)) throw new SetupError(`${variable} names ${named}, which is not an executable file.`);
    return found(title, resolve(named), `named by ${variable}`);
  }
  const inPath = [name, ...otherNames].map(findInPath).find(Boolean);
  if (inPath) return found(title, inPath, 'in PATH');
  if (existsSync(keptPath(name))) return found(title, keptPath(name), 'kept from before');

  const tried = [`${variable} is not set`, `no ${name} in PATH`, `nothing kept in ${relative(root, binDirectory)}`];
  for (const source of sources) {
    busy(title, source.name);
    try {
      return found(title, await source.get(), source.name);
    } catch (error) {
      if (!(error instanceof SetupError)) throw error;
      tried.push(`${source.name}: ${error.message}`);
      busy(title, `${source.name} did not work`);
    }
  }
  throw new ToolNotFound(
    [`No ${title} is available. Tried:`, ...tried.map((line) => `  - ${line}`), remedy].join('\n'),
  );
}

function found(title, path, how) {
  done(title, `${path} (${how})`);
  return path;
}

function findInPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((directory) => directory !== '')
    .map((directory) => join(directory, executableName(name)))
    .find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
