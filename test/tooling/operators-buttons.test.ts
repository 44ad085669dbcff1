import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tools } from '../support/tools';

const page = readFileSync(join(__dirname, '../../docs/operators-buttons.md'), 'utf8');
const [, activities = '', workflows = ''] = page.split(/^## /m);

/** The verbs of `temporal activity` and the like, as its own help lists them. */
function verbsOf(noun: string): string[] {
  const { stdout } = spawnSync(tools().temporal, [noun, '--help'], { encoding: 'utf8' });
  const [, listed = ''] = /Available Commands:\n([^]*?)\n\n/.exec(stdout) ?? [];
  return [...listed.matchAll(/^ {2}([a-z-]+) /gm)].map(([, verb = '']) => verb);
}

const headings = (part: string) => part.match(/^### .+$/gm)?.join('\n') ?? '';

describe("the page of operators' buttons", () => {
  it.each(verbsOf('activity'))('has an entry for temporal activity %s', (verb) => {
    expect(headings(activities)).toContain(`\`${verb}\``);
  });

  it.each(verbsOf('workflow'))('has an entry for temporal workflow %s', (verb) => {
    expect(headings(workflows)).toContain(`\`${verb}\``);
  });

  it('says in each entry how it was tested', () => {
    for (const entry of page.split(/^##+ /m).filter((part) => /^(`|Many)/.test(part)))
      expect(entry).toMatch(/\bTried:\s/);
  });
});
