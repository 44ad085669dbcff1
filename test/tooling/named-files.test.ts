import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../local/paths';

const pages = ['.', 'docs', 'docs/decisions', 'proof'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md') && name !== 'CHANGELOG.md')
    .map((name) => join(folder, name)),
);

describe('the files that a page names', () => {
  it.each(pages)('exist for a reader of %s', (page) => {
    const named = readFileSync(join(root, page), 'utf8').matchAll(
      /`((?:src|packages|test|proof|demo|local|fake-sinch|scripts|deploy|docs)\/[\w./-]+)`/g,
    );
    expect([...named].map(([, path = '']) => path).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
