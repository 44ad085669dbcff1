import { readFile } from 'node:fs/promises';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

/**
 * A JSON document from a file, or from stdin for `-`.
 * @throws {UsageError} that never quotes the document: it may be KYC
 */
export async function readJson(terminal: Terminal, path: string): Promise<unknown> {
  const source = path === '-' ? 'What was piped in' : path;
  const text = textOf(path === '-' ? await terminal.readStdin() : await readBytes(path));
  if (text === undefined) throw new UsageError(`${source} is not UTF-8: save it as UTF-8.`);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${source} is not JSON${placeIn(error)}.`);
  }
}

/** Undefined if it is not UTF-8: decoding it anyway would change names that go to a regulator. */
function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A text file. @throws {UsageError} */
export async function readText(path: string): Promise<string> {
  const text = textOf(await readBytes(path));
  if (text === undefined) throw new UsageError(`${path} is not UTF-8: save it as UTF-8.`);
  return text;
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} cannot be read (${code}): check the path.`);
  }
}

function placeIn(error: unknown): string {
  const [place] = /at position \d+( \(line \d+ column \d+\))?/.exec(error instanceof Error ? error.message : '') ?? [];
  return place ? ` ${place}` : '';
}
