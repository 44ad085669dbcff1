/**
 * Gets a fresh clone ready: packages, the build, a Temporal CLI, and for tests a time-skipping server, an S3 server and a
 * browser.
 *
 *   node scripts/setup.mjs [--build] [--without-test-server]
 *
 * Runs before `npm install`, so it and everything it imports use Node's own modules only. All it fetches or builds is
 * kept in .number-orders/, where a later run finds it again; `tools.json` there tells tests and the demo what was found.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { browser } from './setup/browser.mjs';
import { checkNode, ensureBuild, ensurePackages } from './setup/packages.mjs';
import { findTool, ToolNotFound } from './setup/find-tool.mjs';
import { stateDirectory, toolsFile } from './setup/paths.mjs';
import { busy, fail } from './setup/run.mjs';
import { s3Server } from './setup/s3-server.mjs';
import { temporalCli } from './setup/temporal-cli.mjs';
import { testServer } from './setup/test-server.mjs';

/** All but a few tests do without it. */
const goOnWithout =
  ({ title }) =>
  (error) => {
    if (!(error instanceof ToolNotFound)) throw error;
    busy(title, error.message);
  };

const { values: options } = parseArgs({
  options: { build: { type: 'boolean' }, 'without-test-server': { type: 'boolean' } },
});

try {
  mkdirSync(stateDirectory, { recursive: true });
  checkNode();
  await ensurePackages();
  if (options.build) await ensureBuild();
  const tools = { temporal: await findTool(temporalCli) };
  if (!options['without-test-server']) {
    tools.testServer = await findTool(testServer);
    tools.s3Server = await findTool(s3Server).catch(goOnWithout(s3Server));
    tools.browser = await findTool(browser).catch(goOnWithout(browser));
  }
  writeFileSync(toolsFile, `${JSON.stringify(tools, null, 2)}\n`);
} catch (error) {
  fail(error);
}
