import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '../..');

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

/** Cruises `folders` under `directory` with the project's rules. */
function cruise(directory: string, folders: string[]): Violation[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', ...folders],
    ],
    { cwd: directory, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (stdout === '') throw new Error(`dependency-cruiser said: ${stderr}`);
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

/** As `from → rule`. */
function violations(directory: string, folders: string[]): string[] {
  return cruise(directory, folders).map(({ from, rule }) => `${from} → ${rule.name}`);
}

/** A folder inside the project, so that packages resolve as they do for real sources. */
function scratch(): string {
  const stateDirectory = join(root, '.number-orders');
  mkdirSync(stateDirectory, { recursive: true });
  const directory = mkdtempSync(join(stateDirectory, 'boundaries-'));
  for (const file of ['package.json', 'tsconfig.json']) copyFileSync(join(root, file), join(directory, file));
  return directory;
}

/** What ARCHITECTURE.md says that each folder may import: `src` stands for all in it. */
function printedImports(): Map<string, { folder: string; typesAlone: boolean }[]> {
  const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const items = page.match(/^- \*\*`[a-z/-]+`\*\*.*(\n {2}.*)*/gm) ?? [];
  const rows = items.map((item) => /^- \*\*`(.+?)`\*\*: .* Imports (.+)$/.exec(item.replace(/\n */g, ' ')));
  return new Map(
    rows.flatMap((row) => {
      const [, folder = '', imports = ''] = row ?? [];
      const named = [...imports.matchAll(/`([a-z/-]+)`( \(types\))?/g)];
      return row
        ? [[folder, named.map(([, name = '', types]) => ({ folder: name, typesAlone: types !== undefined }))]]
        : [];
    }),
  );
}

describe('what ARCHITECTURE.md says that each folder may import', () => {
  const printed = printedImports();
  const folders = [...printed.keys()];
  let directory: string;
  let refused: Set<string>;

  beforeAll(() => {
    directory = scratch();
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    };
    for (const from of folders) {
      write(`${from}/target.ts`, 'export type Target = string; export const target = 1;');
      const others = folders.filter((to) => to !== from).map((to) => relative(from, `${to}/target`));
      const lines = (type: string) =>
        others.map((to, i) => `import ${type} * as t${i} from '${to}'; export { t${i} };`);
      write(`${from}/values.ts`, lines('').join('\n'));
      write(`${from}/types.ts`, lines('type').join('\n'));
    }
    const tops = [...new Set(folders.map((folder) => folder.split('/')[0]!))];
    refused = new Set(
      cruise(directory, tops)
        .filter(({ rule }) => /^(imports-of|types-alone-in)-/.test(rule.name))
        .map(({ from, to }) => `${from} ${to}`),
    );
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('names every folder of the code', () => {
    const inside = (folder: string) =>
      readdirSync(join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${folder}/${name}`);
    // Those of the client and the fake Sinch pack what lies elsewhere.
    const packages = inside('packages').filter((folder) => existsSync(join(root, folder, 'src')));
    const beside = ['fake-sinch', 'local', 'demo', 'proof'].filter((folder) => existsSync(join(root, folder)));
    expect([...folders].sort()).toEqual([...inside('src'), ...packages, ...beside].sort());
  });

  it.each(folders)('%s may import the folders of its row, and no others', (from) => {
    const allowed = printed.get(from) ?? [];
    const others = folders.filter((to) => to !== from);
    const entryFor = (to: string) => allowed.find(({ folder }) => to === folder || to.startsWith(`${folder}/`));
    const may = (kind: string) => others.filter((to) => !refused.has(`${from}/${kind}.ts ${to}/target.ts`));
    expect(may('types')).toEqual(others.filter((to) => entryFor(to)));
    expect(may('values')).toEqual(others.filter((to) => entryFor(to)?.typesAlone === false));
  });
});

describe('the boundaries between rooms', () => {
  it('hold for the current code', () => {
    expect(violations(root, ['src', 'packages', 'fake-sinch', 'local', 'demo', 'proof'])).toEqual([]);
  });

  describe('are violated when', () => {
    let directory: string;
    let found: string[];

    const sources: Record<string, string> = {
      'src/workflows/reads-files.ts': "import { readFileSync } from 'node:fs'; export const read = readFileSync;",
      'src/workflows/uses-axios.ts': "import axios from 'axios'; export const get = axios.get;",
      'src/workflows/uses-zod.ts': "import { z } from 'zod'; export const text = z.string();",
      'src/workflows/names-a-zod-type.ts': "import type { ZodType } from 'zod'; export type Schema = ZodType;",
      'src/workflows/calls-activities.ts': "import { get } from '../activities/http'; export const call = get;",
      'src/workflows/in-order.ts':
        "import { proxyActivities } from '@temporalio/workflow'; import type * as http from '../activities/http'; " +
        "import { QUEUE } from '@number-orders/contract'; " +
        "export const { get } = proxyActivities<typeof http>({ startToCloseTimeout: '1 minute', taskQueue: QUEUE });",
      'src/workflows/number-order.ts': "export let current = ''; export const begin = (id: string) => (current = id);",
      'src/workflows/shared.ts': "import { begin } from './number-order'; export const begun = begin;",
      'src/workflows/order/looks-up.ts': "import { wait } from '../stages/waits'; export const waited = wait;",
      'src/workflows/stages/waits.ts': 'export const wait = 1;',
      'src/workflows/stages/sends.ts': "import { desk } from '../kyc/desk'; export const sent = desk;",
      'src/workflows/kyc/desk.ts': 'export const desk = 1;',
      'src/activities/http.ts': "import axios from 'axios'; export const get = axios.get;",
      'packages/contract/src/index.ts': "export const QUEUE = 'orders';",
      'src/requirements/required.ts': "import { RE2JS } from 're2js'; export const compile = RE2JS.compile;",
      'packages/contract/src/leans-on-a-package.ts': "import ms from 'zod'; export const parse = ms;",
      'src/data-converter/payload-converter.ts':
        "import { createCipheriv } from 'node:crypto'; export default createCipheriv;",
      'src/sinch/knows-temporal.ts':
        "import { ApplicationFailure } from '@temporalio/common'; export const fail = ApplicationFailure.retryable;",
      'src/store/reads-settings.ts': "import { load } from '../config/load'; export const path = load();",
      'src/config/load.ts': "import { QUEUE } from '@number-orders/contract'; export const load = () => QUEUE;",
      'fake-sinch/shares-code.ts': "import { QUEUE } from '@number-orders/contract'; export const queue = QUEUE;",
      'src/client/needs-the-fake.ts': "import { queue } from '../../fake-sinch/shares-code'; export const q = queue;",
      'demo/tells.ts': "export const tell = 'a story';",
      'local/tells-stories.ts': "import { tell } from '../demo/tells'; export const told = tell;",
      'src/cli/runs-a-topology.ts': "import { told } from '../../local/tells-stories'; export const run = told;",
    };

    beforeAll(() => {
      directory = scratch();
      for (const [path, text] of Object.entries(sources)) {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), text);
      }
      found = violations(directory, ['src', 'packages', 'fake-sinch', 'local', 'demo']);
    });
    afterAll(() => rmSync(directory, { recursive: true, force: true }));

    it.each([
      ['workflow code imports Node', 'src/workflows/reads-files.ts', 'sandboxed-code-stays-in-the-sandbox'],
      ['workflow code imports axios', 'src/workflows/uses-axios.ts', 'sandboxed-code-stays-in-the-sandbox'],
      ['workflow code imports zod', 'src/workflows/uses-zod.ts', 'sandboxed-code-stays-in-the-sandbox'],
      ['workflow code names a type of zod', 'src/workflows/names-a-zod-type.ts', 'sandboxed-code-stays-in-the-sandbox'],
      [
        'requirements that workflows use import re2js',
        'src/requirements/required.ts',
        'sandboxed-code-stays-in-the-sandbox',
      ],
      ['workflow code imports an activity', 'src/workflows/calls-activities.ts', 'types-alone-in-src/workflows'],
      [
        'workflow code that orders share imports what is one for each',
        'src/workflows/shared.ts',
        'shared-by-all-orders',
      ],
      ['a room of the workflow imports one above it', 'src/workflows/order/looks-up.ts', 'rooms-below-order'],
      ['a stage of the workflow sends KYC', 'src/workflows/stages/sends.ts', 'stages-and-kyc-apart'],
      ['the contract imports a package', 'packages/contract/src/leans-on-a-package.ts', 'contract-stands-alone'],
      [
        'the payload converter imports Node',
        'src/data-converter/payload-converter.ts',
        'sandboxed-code-stays-in-the-sandbox',
      ],
      ['the Sinch client imports Temporal', 'src/sinch/knows-temporal.ts', 'sinch-client-knows-sinch-alone'],
      ['a room reads the settings itself', 'src/store/reads-settings.ts', 'settings-enter-at-the-entry-points'],
      ['the fake Sinch imports from src', 'fake-sinch/shares-code.ts', 'imports-of-fake-sinch'],
      ['src imports the fake Sinch', 'src/client/needs-the-fake.ts', 'imports-of-src/client'],
      ['src imports local', 'src/cli/runs-a-topology.ts', 'imports-of-src/cli'],
      ['local imports the demo', 'local/tells-stories.ts', 'imports-of-local'],
    ])('%s', (_what, file, rule) => {
      expect(found).toContain(`${file} → ${rule}`);
    });

    it('but not when workflow code imports the contract, Temporal, and activities by type', () => {
      expect(found.filter((violation) => violation.startsWith('src/workflows/in-order.ts'))).toEqual([]);
    });
  });
});
