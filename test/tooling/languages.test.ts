import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../local/paths';
import { codeBlocks } from '../support/documentation';

/** What the page may be cut from, the file that has a test run it, and what shows that there. */
const SOURCES: Record<string, { runner: string; shownBy: string }> = {
  'README.md': { runner: 'test/demo/keep.test.ts', shownBy: "codeBlocks('README.md'" },
  'docs/http-intake.md': { runner: 'test/demo/keep.test.ts', shownBy: "codeBlocks('docs/http-intake.md'" },
  'demo/nexus/caller.ts': { runner: 'test/nexus/callers.ts', shownBy: "from '../../demo/nexus/caller'" },
  'clients/python/examples/order_number.py': {
    runner: 'clients/python/tests/test_orders.py',
    shownBy: 'await order_number.follow(',
  },
  'clients/java/src/main/java/numberorders/example/OrderNumber.java': {
    runner: 'clients/java/src/test/java/numberorders/OrderNumberTest.java',
    shownBy: 'OrderNumber.follow(',
  },
  'clients/go/orders_test.go': { runner: 'clients/go/orders_test.go', shownBy: '(t *testing.T)' },
};

const PAGE = 'docs/languages.md';
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const snippets = [...read(PAGE).matchAll(/^<!-- cut from (\S+): (.+) -->\n\n```(\w+)\n([^]*?)^```$/gm)].map(
  ([, source = '', part = '', language = '', code = '']) => ({ source, part, language, code }),
);

/** What stands between `docs: <part>` and `docs: end` in a source file, without the indentation it has there. */
function markedParts(source: string) {
  const marked = read(source).matchAll(/^[ \t]*(?:#|\/\/) docs: (\w+)\n([^]*?)^[ \t]*(?:#|\/\/) docs: end$/gm);
  return [...marked].map(([, part, code = '']) => {
    const [indentation = ''] = /^[ \t]*/.exec(code) ?? [];
    return { source, part, code: code.replaceAll(new RegExp(`^${indentation}`, 'gm'), '') };
  });
}

describe('the page that shows an order in every language', () => {
  it('names for each snippet the file it is copied from, so that a broken snippet is noticed', () => {
    expect(snippets).toHaveLength(read(PAGE).match(/^```\w+$/gm)?.length ?? 0);
    expect(new Set(snippets.map(({ source }) => source))).toEqual(new Set(Object.keys(SOURCES)));
  });

  it.each(snippets)('shows code that a test runs: $source: $part', (snippet) => {
    const { source, part, language, code } = snippet;
    if (source.endsWith('.md')) {
      // The test that runs a page finds the block by the same words.
      expect(read(SOURCES[source]?.runner ?? '')).toContain(`'${part}'`);
      const [block = ''] = codeBlocks(source, language).filter((text) => text.includes(part));
      expect(`\n${block}`).toContain(`\n${code}`);
    } else {
      const parts = markedParts(source).filter((marked) => marked.part === part);
      expect(parts).toEqual([{ source, part, code }]);
    }
  });

  it.each(Object.entries(SOURCES))('has a snippet of %s, which a test still runs', (_source, { runner, shownBy }) => {
    expect(read(runner)).toContain(shownBy);
  });

  it('shows every part that a file marks for it', () => {
    const shown = snippets.map(({ source, part }) => `${source}: ${part}`);
    const marked = Object.keys(SOURCES).flatMap((source) => markedParts(source));
    expect(marked.map(({ source, part }) => `${source}: ${part}`).filter((part) => !shown.includes(part))).toEqual([]);
  });
});
