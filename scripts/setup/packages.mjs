import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root, stateDirectory } from './paths.mjs';
import { SetupError, busy, done, run } from './run.mjs';

// What the Temporal SDK asks for.
const MINIMUM_NODE = [20, 3];

// npm is a batch file on Windows, which only a shell can run; npm passes the path of its own script to what it starts.
const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1])) {
    throw new SetupError(`Node ${process.versions.node} is too old. Install Node ${MINIMUM_NODE.join('.')} or newer.`);
  }
  done('Node', process.versions.node);
}

export async function ensurePackages() {
  if (packagesMatchLock()) return done('packages', 'as locked');
  busy('packages', 'npm ci');
  await runNpm('packages', ['ci', '--no-audit', '--no-fund']);
  done('packages', 'installed');
}

/**
 * True when what npm says it installed is what package-lock.json asks for. Versions are compared, not times: a
 * checkout touches the lock without changing it. Optional packages of other platforms are rightly absent.
 */
function packagesMatchLock() {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked)
    .filter(([path]) => path !== '')
    .every(([path, { version, optional, devOptional }]) =>
      path in installed ? installed[path].version === version : (optional ?? devOptional ?? false),
    );
}

export async function ensureBuild() {
  const stampFile = join(stateDirectory, 'build-stamp');
  const stamp = sourceStamp();
  const isCurrent =
    [join(root, 'dist'), join(root, 'packages/contract/dist'), stampFile].every(existsSync) &&
    readFileSync(stampFile, 'utf8') === stamp;
  if (isCurrent) return done('build', 'up to date');
  busy('build', 'npm run build');
  // Modules that were renamed or removed must not live on in dist.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await runNpm('build', ['run', 'build']);
  writeFileSync(stampFile, stamp);
  done('build', 'dist/');
}

/** Changes when a source file is added, removed or written. */
function sourceStamp() {
  const inputs = [
    'src',
    'packages',
    'fake-sinch',
    'local',
    'demo',
    'proof',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'scripts',
  ];
  const hash = createHash('sha256');
  for (const file of inputs.flatMap((input) => filesIn(join(root, input)))) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Of a package: what is built, and links. */
const BUILT = /[/\\](dist|node_modules)[/\\]/;

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !BUILT.test(file))
    .sort();
}

const runNpm = (name, args) =>
  run(npm[0], [...npm.slice(1), ...args], { name, cwd: root, env: { npm_config_loglevel: 'error' } });
