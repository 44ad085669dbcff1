import { join } from 'node:path';
import { root } from './paths.mjs';
import { pipSource } from './pip-tool.mjs';

const VERSION = '1.37.0';
const NAME = `kubernetes-validate-${VERSION}`;

/** `uv pip compile --generate-hashes` writes it. */
const requirements = join(root, 'scripts/setup/kubernetes-validate.txt');

/** Holds manifests to the schemas of Kubernetes, which it brings along. `npm run test:deploy` alone needs it. */
export const kubernetesValidate = {
  title: 'kubernetes-validate',
  // Not the one in PATH: each version brings the schemas of its time.
  name: NAME,
  variable: 'NUMBER_ORDERS_KUBERNETES_VALIDATE',
  sources: [pipSource(NAME, { requirements, command: 'kubernetes-validate' })],
  remedy:
    'Install Python 3.11 or newer with venv and pip and run this again, or name a kubernetes-validate ' +
    `${VERSION} in NUMBER_ORDERS_KUBERNETES_VALIDATE.`,
};
