import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { keptPath } from './find-tool.mjs';
import { buildDirectory } from './paths.mjs';
import { run } from './run.mjs';
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
    { name: 'build by Go, some minutes once', get: buildWithGo },
  ],
  remedy:
    'Install the Temporal CLI (https://docs.temporal.io/cli) so that `temporal` is in PATH, or name it in ' +
    'NUMBER_ORDERS_TEMPORAL_CLI, or install Go 1.25 or newer and run this again.',
};

async function buildWithGo() {
  // A module of its own: `go install` refuses packages whose go.mod has replacements, a tool dependency does not.
  const directory = join(buildDirectory, 'temporal-cli');
  mkdirSync(directory, { recursive: true });
  const go = (name, ...args) => run('go', args, { name, cwd: directory, env: { CGO_ENABLED: '0', GOWORK: 'off' } });
  if (!existsSync(join(directory, 'go.mod'))) await go('go mod', 'mod', 'init', 'number-orders/temporal-cli');
  await go('go get', 'get', '-tool', `${PACKAGE}@${VERSION}`);
  await go('go build', 'build', '-trimpath', '-ldflags=-s -w', '-o', keptPath('temporal'), PACKAGE);
  return keptPath('temporal');
}
