import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

interface Manifest {
  version: string;
  license: string;
  peerDependencies?: Record<string, string>;
  dependencies?: Record<string, string>;
}

interface Locked {
  version?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
}

const read = <T>(path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;
const folders = readdirSync(join(root, 'packages'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `packages/${name}`);

describe('package-lock.json', () => {
  const entries = Object.entries(read<{ packages: Record<string, Locked> }>('package-lock.json').packages);
  const ours = ['', ...folders];

  it('names no registry, so that a clone installs from the one its machine is configured for', () => {
    expect(entries.filter(([, { resolved, link }]) => resolved !== undefined && link !== true)).toEqual([]);
  });

  it('has the integrity of every package, so that no package can be replaced', () => {
    const without = entries.filter(([path, { integrity, link }]) => !integrity && !link && !ours.includes(path));
    expect(without.map(([path]) => path)).toEqual([]);
  });
});

describe.each(folders)('%s', (folder) => {
  const service = read<Manifest & { dependencies: Record<string, string> }>('package.json');
  const manifest = read<Manifest>(`${folder}/package.json`);

  it("has the service's version and licence, because they are released together", () => {
    expect(manifest).toMatchObject({ version: service.version, license: service.license });
    expect(readFileSync(join(root, folder, 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
    const { '@number-orders/contract': contract = service.version } = manifest.peerDependencies ?? {};
    expect(contract).toBe(service.version);
  });

  it('depends on the packages that the service itself is tested with', () => {
    const asked = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies });
    const others = asked.filter(([name]) => !name.startsWith('@number-orders/'));
    expect(Object.fromEntries(others)).toEqual(
      Object.fromEntries(others.map(([name]) => [name, service.dependencies[name]])),
    );
  });
});
