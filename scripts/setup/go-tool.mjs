import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { keptPath } from './find-tool.mjs';
import { buildDirectory } from './paths.mjs';
import { run } from './run.mjs';

/** Builds a Go command and keeps it as `name`. */
export async function buildWithGo(name, command, version) {
  // A module of its own: `go install` refuses packages whose go.mod has replacements, a tool dependency does not.
  const directory = join(buildDirectory, name);
  mkdirSync(directory, { recursive: true });
  const go = (step, ...args) =>
    run('go', args, { name: step, cwd: directory, env: { CGO_ENABLED: '0', GOWORK: 'off' } });
  if (!existsSync(join(directory, 'go.mod'))) await go('go mod', 'mod', 'init', `number-orders/${name}`);
  await go('go get', 'get', '-tool', `${command}@${version}`);
  await go('go build', 'build', '-trimpath', '-ldflags=-s -w', '-o', keptPath(name), command);
  return keptPath(name);
}
