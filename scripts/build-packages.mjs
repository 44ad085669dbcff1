/**
 * Builds our packages into their dist/: CommonJS with types, and beside it the few lines by which ES modules reach the same
 * code, so that a process that uses both loads it once: `npm run build:packages`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { root } from './setup/paths.mjs';

/** Each after those that it needs. */
const PACKAGES = ['contract', 'client', 'fake-sinch'];

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

for (const name of PACKAGES) {
  const folder = join(root, 'packages', name);
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { import: esm, require: commonJs } = exports['.'];
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  execFileSync(process.execPath, [tsc, '-p', folder], { stdio: 'inherit' });
  const from = relative(dirname(esm.default), commonJs.default);
  for (const file of [esm.default, esm.types]) writeFileSync(join(folder, file), `export * from './${from}';\n`);
}
