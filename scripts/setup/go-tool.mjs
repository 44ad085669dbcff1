import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keptPath } from './find-tool.mjs';
import { root } from './paths.mjs';
import { SetupError, run } from './run.mjs';

const environment = { CGO_ENABLED: '0', GOWORK: 'off' };

/** What was downloaded when a version was chosen, as go.sum has it. */
const sumsFile = join(root, 'scripts/setup/modules.sum');

/** A source for findTool: a command of a Go module, kept as `name`. */
export const goSource = (name, { minutes, ...source }) => ({
  ...source,
  name: `build by Go, ${minutes} once`,
  get: () => buildWithGo(name, source),
});

/**
 * Builds a Go command and keeps it as `name`. What is downloaded must have the checksum of modules.sum, and all that it needs
 * those of its own go.sum.
 */
async function buildWithGo(name, { module, version, command }) {
  const directory = await download(module, version);
  // In the module itself, which is read-only: `go install` would take no notice of its go.sum, nor of its replacements.
  await run('go', ['build', '-mod=readonly', '-trimpath', '-ldflags=-s -w', '-o', keptPath(name), command], {
    name: 'go build',
    cwd: directory,
    env: environment,
  });
  return keptPath(name);
}

/** Where Go keeps a module that is the one we mean. */
async function download(module, version) {
  const known = readFileSync(sumsFile, 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`${module} ${version} `));
  if (!known) {
    throw new SetupError(
      `${module} ${version} has no checksum in ${sumsFile}: add the Sum that \`go mod download -json\` tells`,
    );
  }
  const { Sum, Dir } = JSON.parse(await go('mod', 'download', '-json', `${module}@${version}`));
  if (known !== `${module} ${version} ${Sum}`) {
    throw new SetupError(`${module} ${version} was downloaded with ${Sum}, which is not the checksum in ${sumsFile}`);
  }
  return Dir;
}

async function go(...args) {
  try {
    const { stdout } = await promisify(execFile)('go', args, { cwd: root, env: { ...process.env, ...environment } });
    return stdout;
  } catch (error) {
    if (error.code === 'ENOENT') throw new SetupError('go is not installed');
    throw new SetupError(`go ${args.join(' ')} ended with ${error.code}: ${error.stdout || error.stderr}`);
  }
}
