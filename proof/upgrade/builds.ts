import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { cliProgram, root, workerProgram } from '../../local/paths';
import { createWorkerDataConverter } from '../../src/data-converter/worker-data-converter';
import { bundleName, sandboxed } from '../../src/worker/workflow-code';

/** A build of the product: the programs that are deployed together. */
export interface Build {
  worker: string;
  cli: string;
}

/** The output of `npm run build`. */
export const thisBuild: Build = { worker: workerProgram, cli: cliProgram };

/** A build in a separate folder whose workflow code does something else. */
export async function makeAnotherBuild(folder: string): Promise<Build> {
  const dist = join(folder, 'dist');
  await mkdir(folder, { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await cp(join(root, 'dist/src'), join(dist, 'src'), { recursive: true });
  await cp(join(root, 'dist/package.json'), join(dist, 'package.json'));
  const sandbox = { dataConverter: createWorkerDataConverter(), traced: false };
  const options = sandboxed(sandbox);
  const { code } = await bundleWorkflowCode({
    ...options,
    workflowInterceptorModules: [...(options.workflowInterceptorModules ?? []), require.resolve('./another-build')],
    logger: new DefaultLogger('ERROR'),
  });
  await writeFile(join(dist, bundleName(sandbox)), code);
  return { worker: join(dist, 'src/worker.js'), cli: join(dist, 'src/cli/main.js') };
}
