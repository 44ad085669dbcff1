/**
 * Gets a fresh clone ready: packages, the build, a Temporal CLI, for tests a time-skipping server, an S3 server, Docker
 * Compose and a browser, for the demo the browser too, for `npm run cluster` a Temporal server, its Web UI and PostgreSQL,
 * for `npm run test:deploy` Helm and kubernetes-validate, and for `npm run test:clients` what other languages need.
 *
 *   node scripts/setup.mjs [--build] [--without-test-server] [--with-browser] [--with-cluster] [--with-deploy]
 *     [--with-clients]
 *
 * Runs before `npm install`, so it and everything it imports use Node's own modules only. All it fetches or builds is
 * kept in .number-orders/, where a later run finds it again; `tools.json` there tells tests and the demo what was found.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { browser } from './setup/browser.mjs';
import { dockerCompose } from './setup/docker-compose.mjs';
import { checkNode, ensureBuild, ensurePackages } from './setup/packages.mjs';
import { findTool, ToolNotFound } from './setup/find-tool.mjs';
import { go, prepareGoKit } from './setup/go-kit.mjs';
import { helm } from './setup/helm.mjs';
import { maven, prepareJavaKit } from './setup/java-kit.mjs';
import { kubernetesValidate } from './setup/kubernetes-validate.mjs';
import { stateDirectory, toolsFile } from './setup/paths.mjs';
import { postgres } from './setup/postgres.mjs';
import { pythonKit } from './setup/python-kit.mjs';
import { busy, fail } from './setup/run.mjs';
import { s3Server } from './setup/s3-server.mjs';
import { temporalCli } from './setup/temporal-cli.mjs';
import { temporalServer, temporalSqlTool, temporalUi } from './setup/temporal-server.mjs';
import { testServer } from './setup/test-server.mjs';

/** All but a few tests do without it. */
const goOnWithout =
  ({ title }) =>
  (error) => {
    if (!(error instanceof ToolNotFound)) throw error;
    busy(title, error.message);
  };

const { values: options } = parseArgs({
  options: {
    build: { type: 'boolean' },
    'without-test-server': { type: 'boolean' },
    'with-browser': { type: 'boolean' },
    'with-cluster': { type: 'boolean' },
    'with-deploy': { type: 'boolean' },
    'with-clients': { type: 'boolean' },
  },
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
    tools.dockerCompose = await findTool(dockerCompose).catch(goOnWithout(dockerCompose));
  }
  if (!options['without-test-server'] || options['with-browser']) {
    tools.browser = await findTool(browser).catch(goOnWithout(browser));
  }
  if (options['with-cluster']) {
    tools.postgres = await findTool(postgres);
    tools.temporalServer = await findTool(temporalServer);
    tools.temporalSqlTool = await findTool(temporalSqlTool);
    tools.temporalUi = await findTool(temporalUi);
  }
  if (options['with-deploy']) {
    tools.helm = await findTool(helm);
    tools.kubernetesValidate = await findTool(kubernetesValidate);
  }
  if (options['with-clients']) {
    tools.pythonKit = await findTool(pythonKit);
    tools.go = await findTool(go);
    await prepareGoKit(tools.go);
    tools.maven = await findTool(maven);
    await prepareJavaKit(tools.maven);
  }
  // What another command needed stays known.
  const known = existsSync(toolsFile) ? JSON.parse(readFileSync(toolsFile, 'utf8')) : {};
  writeFileSync(toolsFile, `${JSON.stringify({ ...known, ...tools }, null, 2)}\n`);
} catch (error) {
  fail(error);
}
