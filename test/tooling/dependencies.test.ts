import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** Runs one of the checks on the packages of `folder`; npm itself does the looking. */
function check(name: string, folder: string, environment: Record<string, string> = {}) {
  return new Promise<{ code: number; said: string }>((resolve) => {
    const script = join(root, `scripts/check-${name}.mjs`);
    const env = { ...process.env, ...environment };
    const child = execFile(process.execPath, [script], { cwd: folder, env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

describe('dependencies', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'number-orders-dependencies-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (path: string, content: object) => writeFileSync(join(folder, path), JSON.stringify(content));

  /** A project that has these packages installed, by name, each with its licence. */
  function install(production: Record<string, string | undefined>, development: Record<string, string> = {}): void {
    const anyVersion = (names: object) => Object.fromEntries(Object.keys(names).map((name) => [name, '1.0.0']));
    const project = {
      name: 'a-project',
      version: '1.0.0',
      dependencies: anyVersion(production),
      devDependencies: anyVersion(development),
    };
    write('package.json', project);
    const installed = Object.entries({ ...production, ...development }).map(([name, license]) => {
      const dev = name in development ? { dev: true } : {};
      mkdirSync(join(folder, 'node_modules', name), { recursive: true });
      write(`node_modules/${name}/package.json`, { name, version: '1.0.0', license });
      return [`node_modules/${name}`, { version: '1.0.0', license, ...dev }] as const;
    });
    write('package-lock.json', {
      ...project,
      lockfileVersion: 3,
      packages: { '': project, ...Object.fromEntries(installed) },
    });
  }

  describe('whose licences are checked', () => {
    it('can have the allowed licences, alone, together or as alternatives', async () => {
      install({ plain: 'MIT', both: 'MIT AND Apache-2.0', either: '(GPL-3.0-only OR ISC)' });
      const { code, said } = await check('licences', folder);
      expect(said).toContain('3 production packages');
      expect(code).toBe(0);
    });

    it.each(['GPL-3.0-only', 'MIT AND GPL-3.0-only', 'UNLICENSED', 'SEE LICENSE IN terms.txt', 'none stated'])(
      'cannot have any other licence in production: %s',
      async (licence) => {
        install({ fine: 'MIT', 'not-fine': licence === 'none stated' ? undefined : licence });
        const { code, said } = await check('licences', folder);
        expect(said).toContain(`not-fine 1.0.0: ${licence}\n`);
        expect(said).not.toContain('\nfine');
        expect(code).toBe(1);
      },
    );

    it('can have any licence if only developers use them', async () => {
      install({ fine: 'MIT' }, { tool: 'GPL-3.0-only' });
      expect((await check('licences', folder)).code).toBe(0);
    });

    it('have allowed licences in this project', async () => {
      const { code, said } = await check('licences', root);
      expect(said).toContain('all under licences that are allowed');
      expect(code).toBe(0);
    });
  });

  describe('whose vulnerabilities are looked up', () => {
    let registry: Server;
    let environment: Record<string, string>;
    /** What the registry answers an audit with: a status, and advisories by package. */
    let answer: { status: number; advisories: Record<string, object[]> };

    beforeEach(async () => {
      registry = createServer((request, response) => {
        request.resume();
        const isAudit = request.method === 'POST' && request.url?.endsWith('/security/advisories/bulk') === true;
        response.writeHead(isAudit ? answer.status : 404, { 'content-type': 'application/json' });
        response.end(JSON.stringify(isAudit ? answer.advisories : {}));
      }).listen(0, '127.0.0.1');
      await once(registry, 'listening');
      environment = {
        npm_config_registry: `http://127.0.0.1:${(registry.address() as AddressInfo).port}`,
        npm_config_cache: join(folder, 'npm-cache'),
        NUMBER_ORDERS_REQUIRE_AUDIT: '',
      };
      install({ careful: 'MIT', careless: 'MIT' });
    });
    afterEach(async () => {
      registry.close();
      await once(registry, 'close');
    });

    const advisory = (severity: string) => ({
      id: 1,
      url: 'https://advisories.example/1',
      title: 'Runs what it is sent',
      severity,
      vulnerable_versions: '<2.0.0',
      cwe: [],
      cvss: { score: 0, vectorString: null },
    });

    it('cannot have a high one', async () => {
      answer = { status: 200, advisories: { careless: [advisory('high')] } };
      const { code, said } = await check('vulnerabilities', folder, environment);
      expect(said).toBe('careless, high: Runs what it is sent https://advisories.example/1\n');
      expect(code).toBe(1);
    });

    it('can have a moderate one', async () => {
      answer = { status: 200, advisories: { careless: [advisory('moderate')] } };
      expect((await check('vulnerabilities', folder, environment)).code).toBe(0);
    });

    it('are reported as free of vulnerabilities if the registry knows of none', async () => {
      answer = { status: 200, advisories: {} };
      const { code, said } = await check('vulnerabilities', folder, environment);
      expect(said).toContain('No production package has a known vulnerability');
      expect(code).toBe(0);
    });

    it('are reported as not looked up if the registry does not answer audits', async () => {
      answer = { status: 405, advisories: {} };
      const { code, said } = await check('vulnerabilities', folder, environment);
      expect(said).toMatch(/^NOT CHECKED for known vulnerabilities: 405 .*\n$/);
      expect(code).toBe(0);
    });

    it('fail without an answer if NUMBER_ORDERS_REQUIRE_AUDIT demands one', async () => {
      answer = { status: 405, advisories: {} };
      const strict = { ...environment, NUMBER_ORDERS_REQUIRE_AUDIT: 'true' };
      const { code, said } = await check('vulnerabilities', folder, strict);
      expect(said).toContain('NOT CHECKED');
      expect(code).toBe(1);
    });

    it("fail without a lock file, because that is our mistake and not the registry's", async () => {
      rmSync(join(folder, 'package-lock.json'));
      answer = { status: 200, advisories: {} };
      const { code, said } = await check('vulnerabilities', folder, environment);
      expect(said).toContain('requires an existing lockfile');
      expect(code).toBe(1);
    });
  });
});
