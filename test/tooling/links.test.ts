import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentationPages } from '../support/documentation';

const root = join(__dirname, '../..');

/** As `npm run links` does it, on the files of `folder`. */
function linksOf(folder: string, ...options: string[]) {
  const remark = join(root, 'node_modules/remark-cli/cli.js');
  const args = [remark, '.', '--frail', '--quiet', '--no-color', ...options];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { status, said: stderr };
}

describe('the links of the documentation', () => {
  it('lead to existing pages and headings', () => {
    expect(linksOf(root, '--ignore-path', '.gitignore')).toEqual({ status: 0, said: '' });
  });

  it('are reported if they do not', () => {
    // Inside the project, so that its settings are found.
    mkdirSync(join(root, '.number-orders'), { recursive: true });
    const folder = mkdtempSync(join(root, '.number-orders/links-'));
    const text =
      '# A page\n\n[here](#a-page), [file](gone.md), [image](gone.png), [heading](#gone), [its](other.md#gone)\n';
    writeFileSync(join(folder, 'page.md'), text.replaceAll('[image]', '![image]'));
    writeFileSync(join(folder, 'other.md'), '# Another page\n');
    const { status, said } = linksOf(folder);
    rmSync(folder, { recursive: true });
    const found = [...said.matchAll(/Cannot find (.*?) +missing-/g)].map(([, what]) => what);
    expect(found).toEqual([
      'file `gone.md`',
      'file `gone.png`',
      'heading for `#gone`',
      'heading for `#gone` in `other.md`',
    ]);
    expect(status).toBe(1);
  });
});

it.each(documentationPages())('the files that %s names exist', (page) => {
  const named = readFileSync(join(root, page), 'utf8').matchAll(
    /`((?:src|packages|fake-sinch|local|demo|proof|test|scripts|docs|monitoring)\/[\w./-]+)`/g,
  );
  expect([...named].map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
