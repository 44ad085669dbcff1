import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILURES, NOTIFICATIONS } from '@number-orders/contract';

const page = (name: string): string => readFileSync(join(__dirname, `../../docs/${name}.md`), 'utf8');

it('docs document every failure type as the registry defines it', () => {
  const rows = [
    ...page('errors').matchAll(/^- \*\*`(\w+)`\*\*\n {2}- Retried: (.+)\n {2}- Meaning: (.+)\n {2}- What to do: ./gm),
  ];

  const documented = Object.fromEntries(rows.map(([, type, retried, meaning]) => [type, { retried, meaning }]));

  expect(documented).toEqual(FAILURES);
});

it('docs document every notification as the registry defines it', () => {
  const rows = [...page('notifications').matchAll(/^\| `(order\.\w+)`\s*\| (.+?)\s*\|$/gm)];

  expect(Object.fromEntries(rows.map(([, type, meaning]) => [type, meaning]))).toEqual(NOTIFICATIONS);
});
