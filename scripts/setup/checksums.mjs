import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './run.mjs';

/** Throws unless a folder holds the files of a list, as `sha256sum` writes one, with their checksums, and no others. */
export function checkFiles(directory, list) {
  const wanted = new Map(
    readFileSync(list, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('  '))
      .map(([sum, file]) => [file, sum]),
  );
  const wrong = readdirSync(directory).filter((file) => sha256(join(directory, file)) !== wanted.get(file));
  const missing = [...wanted.keys()].filter((file) => !readdirSync(directory).includes(file));
  if (wrong.length + missing.length === 0) return;
  throw new SetupError(
    [
      `${directory} is not what ${list} lists`,
      ...wrong.map((file) => `${file} has another checksum, or is not listed`),
      ...missing.map((file) => `${file} is missing`),
    ].join('\n      '),
  );
}

const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
