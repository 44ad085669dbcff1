import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { keptPath } from './find-tool.mjs';
import { buildDirectory, root } from './paths.mjs';
import { run } from './run.mjs';

const VERSION = '1.37.0';
const NAME = `kubernetes-validate-${VERSION}`;

/** Names each package and version with the checksums of its files: `uv pip compile --generate-hashes` writes it. */
const requirements = join(root, 'scripts/setup/kubernetes-validate.txt');

/** Holds manifests to the schemas of Kubernetes, which it brings along. `npm run test:deploy` alone needs it. */
export const kubernetesValidate = {
  title: 'kubernetes-validate',
  // Not the one in PATH: each version brings the schemas of its time.
  name: NAME,
  variable: 'NUMBER_ORDERS_KUBERNETES_VALIDATE',
  sources: [{ name: 'install with pip', get: install }],
  remedy:
    'Install Python 3.11 or newer with venv and pip and run this again, or name a kubernetes-validate ' +
    `${VERSION} in NUMBER_ORDERS_KUBERNETES_VALIDATE.`,
};

async function install() {
  const environment = join(buildDirectory, NAME);
  await run('python3', ['-m', 'venv', '--clear', environment], { name: 'python venv' });
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--require-hashes', '-r', requirements];
  await run(join(environment, 'bin/python'), pip, { name: 'pip install' });
  symlinkSync(join(environment, 'bin/kubernetes-validate'), keptPath(NAME));
  return keptPath(NAME);
}
