import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILURES } from '../../src/contract';

it('documents every failure type as the registry has it', () => {
  const page = readFileSync(join(__dirname, '../../docs/errors.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)`\s*\| (.+?)\s*\| (.+?)\s*\|/gm)];

  const documented = Object.fromEntries(rows.map(([, type, retried, meaning]) => [type, { retried, meaning }]));

  expect(documented).toEqual(FAILURES);
});
