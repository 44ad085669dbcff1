import { buildWithGo } from './go-tool.mjs';
import { downloadBySdk } from './sdk-download.mjs';

const PACKAGE = 'github.com/temporalio/cli/cmd/temporal';
const VERSION = 'v1.5.1';

/** The Temporal CLI, which holds the development server and its Web UI. */
export const temporalCli = {
  title: 'Temporal CLI',
  name: 'temporal',
  variable: 'NUMBER_ORDERS_TEMPORAL_CLI',
  sources: [
    { name: 'download by the SDK', get: () => downloadBySdk('dev-server', 'temporal') },
    { name: 'build by Go, some minutes once', get: () => buildWithGo('temporal', PACKAGE, VERSION) },
  ],
  remedy:
    'Install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal` is in PATH, or name it in ' +
    'NUMBER_ORDERS_TEMPORAL_CLI, or install Go 1.25 or newer and run this again.',
};
