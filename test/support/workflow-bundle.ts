import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DataConverter } from '@temporalio/common';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { bundleName, sandboxed } from '../../src/worker/workflow-code';

const root = path.join(__dirname, '../..');

/** Bundling takes seconds, and every test file with a worker needs the same bundle: kept until the sources change. */
const folder = path.join(
  root,
  '.number-orders/test-bundles',
  hashOf(['src', 'packages/contract/src', 'package-lock.json']),
);

function hashOf(names: string[]): string {
  const hash = createHash('sha256');
  const add = (name: string): void => {
    const file = path.join(root, name);
    if (statSync(file).isDirectory()) for (const entry of readdirSync(file).sort()) add(path.join(name, entry));
    else hash.update(name).update(readFileSync(file));
  };
  for (const name of names) add(name);
  return hash.digest('hex').slice(0, 16);
}

/** Today's workflow code, as a worker and a replay take it. */
export async function workflowBundle(
  dataConverter: DataConverter = createWorkerDataConverter(),
  traced = false,
): Promise<{ codePath: string }> {
  const sandbox = { dataConverter, traced };
  const codePath = path.join(folder, bundleName(sandbox));
  if (!existsSync(codePath)) {
    const { code } = await bundleWorkflowCode({ ...sandboxed(sandbox), logger: new DefaultLogger('ERROR') });
    mkdirSync(folder, { recursive: true });
    // Another test file may be writing the same.
    const unfinished = `${codePath}.${process.pid}`;
    writeFileSync(unfinished, code);
    renameSync(unfinished, codePath);
  }
  return { codePath };
}
