import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const root = join(__dirname, '../..');

export const PACKAGES = ['contract', 'client', 'fake-sinch'] as const;
export type PackageName = (typeof PACKAGES)[number];

export interface Packed {
  /** The tarball's path. */
  tarball: string;
  /** What is in it. */
  files: string[];
}

/** Runs a program of Node's and answers what it printed; fails with all of it. */
export async function node(args: string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const run = promisify(execFile)(process.execPath, args, { cwd, env, maxBuffer: 64 * 1024 * 1024 });
  const { stdout } = await run.catch((error: unknown) => {
    // Compilers and linters complain on stdout.
    throw new Error((error as { stdout: string }).stdout, { cause: error });
  });
  return stdout;
}

async function npm(args: string[], cwd: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', args, { cwd, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** Packs what `npm run build` has left. */
export async function pack(folder: string): Promise<Record<PackageName, Packed>> {
  const workspaces = PACKAGES.flatMap((name) => ['--workspace', `packages/${name}`]);
  const said = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder, ...workspaces], root);
  const packed = JSON.parse(said) as { name: string; filename: string; files: { path: string }[] }[];
  const entries = packed.map(({ name, filename, files }) => [
    name.replace('@number-orders/', ''),
    { tarball: join(folder, filename), files: files.map(({ path }) => path) },
  ]);
  return Object.fromEntries(entries) as Record<PackageName, Packed>;
}

const INSTALL = {
  npm: (project: string) =>
    npm(['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], project),
  pnpm: (project: string) =>
    node([join(root, 'node_modules/pnpm/bin/pnpm.cjs'), 'install', '--prefer-offline', '--reporter=silent'], project),
};
export type Installer = keyof typeof INSTALL;

/** A project of somebody's that has our packages, and nothing else but what their READMEs ask for. */
export async function install(
  installer: Installer,
  project: string,
  packed: Record<PackageName, Packed>,
): Promise<void> {
  const ours = PACKAGES.map((name) => [`@number-orders/${name}`, `file:${packed[name].tarball}`]);
  await mkdir(project);
  const dependencies = { ...Object.fromEntries(ours), '@temporalio/client': '^1.24.0' };
  const manifest = { name: 'a-service', private: true, dependencies, devDependencies: { '@types/node': '^20.19.43' } };
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest));
  await INSTALL[installer](project);
}
