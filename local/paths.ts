import { basename, dirname, join } from 'node:path';

/** Compiled, this file is dist/local/paths.js; tests read it where it stands. */
const isCompiled = basename(dirname(__dirname)) === 'dist';
export const root = join(__dirname, isCompiled ? '../..' : '..');

/** The one ignored folder, see scripts/setup/paths.mjs. */
const stateDirectory = join(root, '.number-orders');
export const logDirectory = join(stateDirectory, 'logs');
export const toolsFile = join(stateDirectory, 'tools.json');

export const fakeSinchProgram = join(root, 'dist/fake-sinch/main.js');
export const workerProgram = join(root, 'dist/src/worker.js');
export const cliProgram = join(root, 'dist/src/cli/main.js');
