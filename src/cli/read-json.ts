import { readFile } from 'node:fs/promises';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

/**
 * A JSON document from a file, or from stdin for `-`.
 * @throws {UsageError} that never quotes the document: it may be KYC
 */
export async function readJson(terminal: Terminal, path: string): Promise<unknown> {
  const text = path === '-' ? await terminal.readStdin() : await readText(path);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${path === '-' ? 'What was piped in' : path} is not JSON${placeIn(error)}.`);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} cannot be read (${code}): check the path.`);
  }
}

function placeIn(error: unknown): string {
  const [place] = /at position \d+( \(line \d+ column \d+\))?/.exec(error instanceof Error ? error.message : '') ?? [];
  return place ? ` ${place}` : '';
}
