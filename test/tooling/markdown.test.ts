import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const COLUMNS = 120;

const pages = spawnSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n');
const read = (page: string): string => readFileSync(join(root, page), 'utf8');

describe('the docs', () => {
  it.each(pages)('have no line wider than 120 columns in %s', (page) => {
    // Code and queries are printed as they are typed.
    const prose = read(page).replace(/^ *```.*?^ *```$/gms, (code) => '\n'.repeat(code.split('\n').length - 1));
    const wide = prose.split('\n').flatMap((line, i) => (line.length > COLUMNS ? [`line ${i + 1}: ${line}`] : []));
    expect(wide).toEqual([]);
  });

  it('begin with a README of at most 150 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThanOrEqual(150);
  });

  it('link every page from docs/README.md', () => {
    const index = read('docs/README.md');
    const unlisted = pages.filter(
      (page) => /^docs\/(?!README)[^/]+\.md$/.test(page) && !index.includes(`(${page.slice(5)}`),
    );
    expect(unlisted).toEqual([]);
  });
});
