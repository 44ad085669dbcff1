import { goSource } from './go-tool.mjs';
import { downloadBySdk } from './sdk-download.mjs';

/** The Temporal CLI, which holds the development server and its Web UI. */
export const temporalCli = {
  title: 'Temporal CLI',
  name: 'temporal',
  variable: 'NUMBER_ORDERS_TEMPORAL_CLI',
  sources: [
    { name: 'download by the SDK', get: () => downloadBySdk('dev-server', 'temporal') },
    goSource('temporal', {
      module: 'github.com/temporalio/cli',
      version: 'v1.5.1',
      command: './cmd/temporal',
      minutes: 'some minutes',
    }),
  ],
  remedy:
    'Install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal` is in PATH, or name it in ' +
    'NUMBER_ORDERS_TEMPORAL_CLI, or install Go 1.25 or newer and run this again.',
};
