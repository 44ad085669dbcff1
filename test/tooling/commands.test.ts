import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scripts } from '../../package.json';
import { run } from '../../src/cli/run';
import { documentationPages } from '../support/documentation';
import { tools } from '../support/tools';

const root = join(__dirname, '../..');

/** Every command of a program that the documentation prints, such as `keys rotate`, with all the flags it is printed with. */
function printed(program: string): [command: string, flags: string[]][] {
  const commands = new Map<string, Set<string>>();
  for (const page of documentationPages()) {
    // A line that ends with a backslash goes on with the next.
    const text = readFileSync(join(root, page), 'utf8').replace(/\\\n/g, '');
    for (const [, use = ''] of text.matchAll(new RegExp(`(?:\`|^|npx )${program} ([a-z][^\`\\n#]*)`, 'gm'))) {
      const [command = ''] = /^[a-z][a-z-]*(?: [a-z][a-z-]*(?= |$))*/.exec(use) ?? [];
      const flags = commands.get(command) ?? new Set();
      for (const [flag] of use.matchAll(/(?<= )--[a-z][a-z-]*/g)) flags.add(flag);
      commands.set(command, flags);
    }
  }
  return [...commands].map(([command, flags]) => [command, [...flags]]);
}

const flagsIn = (help: string) => [...help.matchAll(/--[a-z][a-z-]*/g)].map(([flag]) => flag);

describe('the documentation prints only commands that exist:', () => {
  it.each(printed('number-orders'))('number-orders %s %j', async (command, flags) => {
    let help = '';
    const print = (text: string) => (help += text);
    const terminal = { env: {}, interactive: false, out: print, err: print, readStdin: async () => Buffer.alloc(0) };
    await run([...command.split(' '), '--help'], terminal);
    expect(help).toMatch(new RegExp(`^Usage: number-orders ${command}\\b`));
    expect(flagsIn(help)).toEqual(expect.arrayContaining(flags));
  });

  it.each(printed('temporal'))('temporal %s %j', (command, flags) => {
    const { stdout } = spawnSync(tools().temporal, [...command.split(' '), '--help'], { encoding: 'utf8' });
    expect(stdout).toMatch(new RegExp(`^ +temporal ${command}\\b`, 'm'));
    expect(flagsIn(stdout)).toEqual(expect.arrayContaining(flags));
  });

  it.each(printed('npm run'))('npm run %s', (script) => {
    expect(Object.keys(scripts)).toContain(script);
  });
});
