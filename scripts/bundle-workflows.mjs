/**
 * Bundles the workflow code after tsc, once, so that every worker starts from the same dist/workflow-bundle.js. Fails
 * when workflow code reaches something its sandbox does not have.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';
import { root } from './setup/paths.mjs';

const workflowsPath = join(root, 'dist/src/workflows/index.js');
const payloadConverterPath = join(root, 'dist/src/data-converter/payload-converter.js');

if (!existsSync(workflowsPath))
  throw new Error(`${workflowsPath} is missing. Run \`npm run build\`, which compiles first.`);

const { code } = await bundleWorkflowCode({
  workflowsPath,
  payloadConverterPath: existsSync(payloadConverterPath) ? payloadConverterPath : undefined,
  logger: new DefaultLogger('WARN'),
});
writeFileSync(join(root, 'dist/workflow-bundle.js'), code);
