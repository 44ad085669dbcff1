import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { tools } from '../support/tools';
import type { Manifest } from './manifests';

const run = promisify(execFile);

export const chart = join(__dirname, '../../deploy/helm/number-orders');

export const examples = readdirSync(join(chart, 'examples'));
export const example = (name: string) => join(chart, 'examples', name);

/** @throws when Helm exits with another code than 0, with what it has printed */
export async function helm(...args: string[]): Promise<string> {
  const { helm: executable } = tools();
  if (!executable) throw new Error('There is no Helm: `npm run test:deploy` gets it.');
  const { stdout } = await run(executable, args, { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** What the chart makes of values: `--values` and `--set` arguments. */
export async function render(...args: string[]): Promise<Manifest[]> {
  const text = await helm('template', 'number-orders', chart, '--namespace', 'orders', ...args);
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);
}
