/**
 * Bundles the workflow code after tsc, once, so that every worker starts from the same code, dist/workflow-bundle*.js: one
 * for each way to run it, see src/worker/workflow-code.ts. Fails when workflow code reaches something its sandbox does
 * not have.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';
import { root } from './setup/paths.mjs';

const compiled = join(root, 'dist/src');
if (!existsSync(compiled)) throw new Error(`${compiled} is missing. Run \`npm run build\`, which compiles first.`);

const require = createRequire(import.meta.url);
const { createWorkerDataConverter } = require(join(compiled, 'data-converter/worker-data-converter'));
const { bundleName, sandboxed } = require(join(compiled, 'worker/workflow-code'));

// Which keys does not matter: they never enter the sandbox.
const anyKeys = { current: undefined, find: undefined };
for (const dataConverter of [createWorkerDataConverter(), createWorkerDataConverter(anyKeys)]) {
  for (const traced of [false, true]) {
    const sandbox = { dataConverter, traced };
    const { code } = await bundleWorkflowCode({ ...sandboxed(sandbox), logger: new DefaultLogger('WARN') });
    writeFileSync(join(root, 'dist', bundleName(sandbox)), code);
  }
}
