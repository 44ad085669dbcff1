import { goSource } from './go-tool.mjs';

const VERSION = '4.3.1';
const NAME = `helm-${VERSION}`;

/** Helm, to hold the chart in deploy/helm to. `npm run test:deploy` alone needs it. */
export const helm = {
  title: 'Helm',
  // Not the one in PATH: what it renders differs by version.
  name: NAME,
  variable: 'NUMBER_ORDERS_HELM',
  sources: [
    goSource(NAME, {
      module: 'helm.sh/helm/v4',
      version: `v${VERSION}`,
      command: './cmd/helm',
      minutes: 'some minutes',
    }),
  ],
  remedy: `Install Go 1.26 or newer and run this again, or name a helm ${VERSION} in NUMBER_ORDERS_HELM.`,
};
