import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { pipSource } from './pip-tool.mjs';

/**
 * In clients/python, `uv pip compile --universal --generate-hashes --no-annotate --no-header --extra test pyproject.toml` writes
 * it.
 */
const requirements = join(root, 'clients/python/requirements-test.txt');

/** Another list is another environment. */
const NAME = `python-kit-${createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)}`;

/** A pytest whose Python has what clients/python needs. `npm run test:clients` alone needs it. */
export const pythonKit = {
  title: 'pytest',
  // Not the one in PATH: it has other packages.
  name: NAME,
  variable: 'NUMBER_ORDERS_KIT_PYTEST',
  sources: [pipSource(NAME, { requirements, command: 'pytest' })],
  remedy:
    'Install Python 3.10 or newer with venv and pip, see that pip reaches a package index (PIP_INDEX_URL) or a folder of ' +
    'wheels (PIP_FIND_LINKS), and run this again. Or name a pytest whose Python has the packages of ' +
    'clients/python/requirements-test.txt in NUMBER_ORDERS_KIT_PYTEST.',
};
