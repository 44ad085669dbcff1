import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { keptPath } from './find-tool.mjs';
import { buildDirectory } from './paths.mjs';
import { run } from './run.mjs';

/**
 * A source for findTool: a command of Python packages, kept as `name` in an environment of its own. `requirements` names each
 * package and version with the checksums of its files.
 */
export const pipSource = (name, { requirements, command }) => ({
  name: 'install with pip',
  get: async () => {
    const environment = join(buildDirectory, name);
    await run('python3', ['-m', 'venv', '--clear', environment], { name: 'python venv' });
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--require-hashes', '-r', requirements];
    await run(join(environment, 'bin/python'), pip, { name: 'pip install' });
    // One may be there that leads nowhere: the environment was deleted, or the whole folder has moved.
    rmSync(keptPath(name), { force: true });
    symlinkSync(join(environment, 'bin', command), keptPath(name));
    return keptPath(name);
  },
});
