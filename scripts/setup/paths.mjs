import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** The one ignored folder in which everything fetched, built or remembered is kept. */
export const stateDirectory = join(root, '.number-orders');
export const binDirectory = join(stateDirectory, 'bin');
export const buildDirectory = join(stateDirectory, 'build');
export const logDirectory = join(stateDirectory, 'logs');
export const toolsFile = join(stateDirectory, 'tools.json');
